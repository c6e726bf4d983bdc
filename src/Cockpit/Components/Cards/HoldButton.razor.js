const holdFor = 1000; // milliseconds

/** Calls the component when the button was held long enough; released earlier, nothing happens. */
export function hold(button, component) {
  let timer = 0;
  const begin = event => {
    if (button.disabled || timer || (event.type === 'keydown' && event.key !== ' ' && event.key !== 'Enter')) return;
    if (event.type === 'keydown') event.preventDefault();
    button.dataset.holding = '';
    timer = setTimeout(() => { end(); component.invokeMethodAsync('HeldAsync'); }, holdFor);
  };
  const end = () => { clearTimeout(timer); timer = 0; delete button.dataset.holding; };
  const quiet = event => event.preventDefault();
  const listeners = { pointerdown: begin, keydown: begin, pointerup: end, pointerleave: end, pointercancel: end, keyup: end, blur: end, contextmenu: quiet };
  for (const [name, listener] of Object.entries(listeners)) button.addEventListener(name, listener);
  return { stop() { end(); for (const [name, listener] of Object.entries(listeners)) button.removeEventListener(name, listener); } };
}
