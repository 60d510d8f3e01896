/* Maps of a page: marks as data, drawn by Leaflet; every text is set as text, never as markup. */
(function () {
  "use strict";
  var INK = "#1b2733";
  var data = JSON.parse(document.getElementById("page-data").textContent);

  function element(tag, name, text) {
    var made = document.createElement(tag);
    if (name) { made.className = name; }
    if (text) { made.textContent = text; }
    return made;
  }

  function popup(mark) {
    var box = element("div", "popup");
    box.appendChild(element("b", "", mark.title));
    var list = element("dl");
    mark.rows.forEach(function (row) {
      list.appendChild(element("dt", "", row[0]));
      list.appendChild(element("dd", "", row[1]));
    });
    box.appendChild(list);
    return box;
  }

  function symbol(shape, colour, size) {
    var space = "http://www.w3.org/2000/svg";
    var picture = document.createElementNS(space, "svg");
    var path = document.createElementNS(space, "path");
    picture.setAttribute("viewBox", "0 0 18 18");
    path.setAttribute("d", shape === "square" ? "M3 3h12v12h-12z" : "M9 1l8 15h-16z");
    path.setAttribute("fill", colour);
    path.setAttribute("stroke", INK);
    picture.appendChild(path);
    var icon = L.divIcon({ className: "symbol", html: picture, iconSize: [2 * size, 2 * size] });
    return icon;
  }

  function drawn(mark, layer) {
    var at = [mark.lat, mark.lon];
    var colour = mark.colour || layer.colour;
    var style = { radius: mark.size_px, color: "#ffffff", weight: 1, fillColor: colour, fillOpacity: 1 };
    if (layer.shape === "line") {
      return L.polyline([at, [mark.to[1], mark.to[0]]], { color: colour, weight: 1.5, dashArray: "4 3" });
    }
    if (layer.shape === "square" || layer.shape === "triangle") {
      return L.marker(at, { icon: symbol(layer.shape, colour, mark.size_px), title: mark.title, alt: mark.title });
    }
    if (layer.shape === "halo") {
      style.stroke = false;
      style.interactive = false;
    }
    if (layer.shape === "ring") {
      style.color = colour;
      style.weight = 3;
      style.fillColor = "#ffffff";
    }
    return L.circleMarker(at, style);
  }

  function labelled(view, labels) {
    var markers = labels.map(function (label) {
      var html = element("span", "", label[2]);
      var icon = L.divIcon({ className: "place", html: html, iconSize: [0, 0] });
      return L.marker([label[1], label[0]], { icon: icon, interactive: false, keyboard: false, zIndexOffset: 100000 }).addTo(view);
    });
    function thin() { /* a name that would cover an earlier one is left out at this scale */
      var taken = [];
      markers.forEach(function (marker) {
        var text = marker.getElement().firstChild;
        text.hidden = false;
        var box = text.getBoundingClientRect();
        var free = taken.every(function (other) {
          return box.right < other.left || other.right < box.left || box.bottom < other.top || other.bottom < box.top;
        });
        text.hidden = !free;
        if (free) { taken.push(box); }
      });
    }
    view.on("zoomend", thin);
    thin();
  }

  function fit(holder) {
    if (!window.matchMedia("print").matches) {
      holder.style.width = "";
      holder.style.width = holder.clientWidth + "px";
    }
  }

  function draw(holder, map) {
    holder.style.height = holder.dataset.height + "px";
    fit(holder);
    var view = L.map(holder, { preferCanvas: true, attributionControl: false, zoomSnap: 0.25, scrollWheelZoom: false });
    var bounds = L.latLngBounds([]);
    var groups = map.layers.map(function (layer) {
      return L.featureGroup(layer.marks.map(function (mark) {
        bounds.extend([mark.lat, mark.lon]);
        var shape = drawn(mark, layer);
        return layer.shape === "halo" ? shape : shape.bindPopup(popup(mark), { maxWidth: 340 });
      }));
    });
    view.fitBounds(bounds, { padding: [18, 18], maxZoom: 16, animate: false });
    groups.forEach(function (group) { group.addTo(view); });
    L.control.scale({ imperial: false }).addTo(view);
    labelled(view, map.labels);
    holder.parentNode.querySelectorAll("input").forEach(function (box, number) {
      box.addEventListener("change", function () {
        if (box.checked) { groups[number].addTo(view); } else { groups[number].remove(); }
      });
    });
    view.on("focus", function () { view.scrollWheelZoom.enable(); });
    view.on("blur", function () { view.scrollWheelZoom.disable(); });
    window.addEventListener("resize", function () {
      fit(holder);
      view.invalidateSize();
    });
  }

  document.querySelectorAll(".map").forEach(function (holder, number) {
    draw(holder, data.maps[number]);
  });
})();
