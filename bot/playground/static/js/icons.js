// Small line icons on a 20 px grid, drawn here so that the page needs no file and no font for them.

const SHAPES = {
  alert: ["M10 3 2.500 16.500h15z", "M10 8v4", "M10 14.400v.1"],
  at: ["M13 10a3 3 0 1 0-6 0 3 3 0 0 0 6 0Zm0 0v1.300a2 2 0 0 0 4 0V10a7 7 0 1 0-3 5.700"],
  attach: ["m16 9.300-6.200 6.200a3.900 3.900 0 0 1-5.500-5.500L10.700 3.600a2.600 2.600 0 0 1 3.700 3.700L8 13.600a1.300 1.300 0 0 1-1.900-1.800l5.800-5.900"],
  check: ["m4.500 10.500 3.500 3.500 7.500-8"],
  close: ["m5 5 10 10", "M15 5 5 15"],
  down: ["m5 7.500 5 5 5-5"],
  download: ["M10 3.500v9", "m6 9 4 4 4-4", "M4 16.500h12"],
  edit: ["m4 16 .8-3.400L13.300 4a1.600 1.600 0 0 1 2.300 0l.4.400a1.600 1.600 0 0 1 0 2.300l-8.600 8.600z"],
  eye: ["M2.500 10S5 5 10 5s7.500 5 7.500 5-2.500 5-7.500 5-7.500-5-7.500-5Z", "M12 10a2 2 0 1 1-4 0 2 2 0 0 1 4 0Z"],
  file: ["M5.500 3h6L15 6.500V17H5.500z", "M11.500 3v3.500H15"],
  hash: ["M8 3.500 6.500 16.500", "M13.500 3.500 12 16.500", "M4 7.500h13", "M3 12.500h13"],
  left: ["m12.500 5-5 5 5 5"],
  menu: ["M3.500 5.500h13", "M3.500 10h13", "M3.500 14.500h13"],
  minus: ["M5 10h10"],
  moon: ["M16.500 11.800A7 7 0 0 1 8.200 3.500a7 7 0 1 0 8.300 8.300Z"],
  more: ["M5 10h.01", "M10 10h.01", "M15 10h.01"],
  picture: ["M3.500 4.500h13v11h-13z", "m4 14 4-4.500 3 3 2-2 3 3.500", "M12.500 7.500h.01"],
  plus: ["M10 5v10", "M5 10h10"],
  retry: ["M15.500 7A6.500 6.500 0 1 0 16.500 11", "M16 3.500V7h-3.500"],
  right: ["m7.500 5 5 5-5 5"],
  send: ["M3.500 16.500 17 10 3.500 3.500 5.500 10z", "M5.500 10H11"],
  slash: ["M12.500 4 7.500 16", "M3.500 3.500h13v13h-13z"],
  smile: ["M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0Z", "M7.500 8v.1", "M12.500 8v.1", "M7 11.500c1.400 2.300 4.600 2.300 6 0"],
  sun: ["M13 10a3 3 0 1 1-6 0 3 3 0 0 1 6 0Z", "M10 2.500v1.700M10 15.800v1.700M2.500 10h1.700M15.800 10h1.700M4.700 4.700l1.200 1.200M14.100 14.100l1.200 1.200M4.700 15.300l1.200-1.200M14.100 5.900l1.200-1.200"],
  thread: ["M4 4.500h12v8.500H9.500L6 16v-3H4z"],
  trash: ["M4 5.500h12", "M8 5.500v-2h4v2", "m5.500 5.500.7 11h7.600l.7-11"],
};

const SVG = "http://www.w3.org/2000/svg";

/** A decorative icon; the control around it carries the name. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  for (const d of SHAPES[name]) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}
