/* Charts of a page: options as data, drawn by ECharts as SVG; patterns beside colours. */
(function () {
  "use strict";
  var FONT = '"PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Source Han Sans SC",system-ui,sans-serif';
  var COLOURS = ["#0072B2", "#E69F00", "#9AA7B3", "#009E73", "#D55E00", "#CC79A7", "#56B4E9"];
  var data = JSON.parse(document.getElementById("page-data").textContent);

  function said(value) {
    return typeof value === "number" ? value.toLocaleString("en-US", { maximumFractionDigits: 2 }) : value;
  }

  function draw(holder, option) {
    holder.style.height = holder.dataset.height + "px";
    holder.style.width = holder.clientWidth + "px";
    var chart = echarts.init(holder, null, { renderer: "svg" });
    option.animation = false;
    option.color = option.color || COLOURS;
    option.textStyle = { fontFamily: FONT, color: "#1b2733" };
    option.aria = { enabled: true, label: { enabled: false }, decal: { show: true } };
    option.tooltip = Object.assign({ trigger: "axis", renderMode: "richText", confine: true, valueFormatter: said }, option.tooltip);
    chart.setOption(option);
    window.addEventListener("resize", function () {
      if (!window.matchMedia("print").matches) {
        holder.style.width = "";
        holder.style.width = holder.clientWidth + "px";
        chart.resize();
      }
    });
  }

  document.querySelectorAll(".chart").forEach(function (holder, number) {
    draw(holder, data.charts[number]);
  });
})();
