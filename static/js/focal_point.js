// The focal point of a picture: chosen by a click, or in its two fields; the crops beside show at once what stays in sight.
const block = document.querySelector("[data-focus]");
if (block) {
  const across = document.getElementById("id_focal_x");
  const down = document.getElementById("id_focal_y");
  const whole = block.querySelector("[data-focus-whole]");
  const [width, height] = [whole.viewBox.baseVal.width, whole.viewBox.baseVal.height];
  const within = (value, least, most) => Math.min(Math.max(value, least), most);

  // As articles/images/rebuild.py cuts: the largest piece of that shape, the point as near to its middle as the edges let it.
  function draw() {
    const [x, y] = [across, down].map((field) => within(Number(field.value) || 0, 0, 1));
    whole.querySelector("[data-focus-mark]").setAttribute("transform", `translate(${x * width} ${y * height})`);
    for (const crop of block.querySelectorAll("[data-focus-crop]")) {
      const [shapeWidth, shapeHeight] = crop.dataset.focusCrop.split(" ").map(Number);
      const scale = Math.min(width / shapeWidth, height / shapeHeight);
      const [cutWidth, cutHeight] = [shapeWidth * scale, shapeHeight * scale];
      const left = within(x * width - cutWidth / 2, 0, width - cutWidth);
      const top = within(y * height - cutHeight / 2, 0, height - cutHeight);
      crop.setAttribute("viewBox", `${left} ${top} ${cutWidth} ${cutHeight}`);
    }
  }

  if (across && down) {
    whole.addEventListener("click", (event) => {
      const frame = whole.getBoundingClientRect();
      across.value = within((event.clientX - frame.left) / frame.width, 0, 1).toFixed(2);
      down.value = within((event.clientY - frame.top) / frame.height, 0, 1).toFixed(2);
      across.dispatchEvent(new Event("input", { bubbles: true }));
    });
    for (const field of [across, down]) field.addEventListener("input", draw);
    draw();
  }
}
