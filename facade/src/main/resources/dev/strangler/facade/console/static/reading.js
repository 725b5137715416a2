// Parts of a page are replaced when they are looked at again; whatever somebody is at stays: what is open, and what is being pressed.
(function () {
  'use strict'

  var pressed
  var open = []

  // Menus that open on a press of another button, and whatever is dragged away, keep the release to themselves.
  document.addEventListener('pointerdown', function (event) { pressed = event.button === 0 ? event.target : undefined }, true)
  ;['contextmenu', 'dragend'].forEach(function (name) {
    document.addEventListener(name, function () { pressed = undefined }, true)
  })
  window.addEventListener('blur', function () { pressed = undefined })
  ;['pointerup', 'pointercancel'].forEach(function (name) {
    // The click comes after it.
    document.addEventListener(name, function () { window.setTimeout(function () { pressed = undefined }) }, true)
  })

  document.addEventListener('htmx:beforeSwap', function (event) {
    var part = event.detail.target
    if (pressed && part.contains(pressed)) {
      event.detail.shouldSwap = false
      return
    }
    open = Array.from(part.querySelectorAll('details[open][id]'), function (one) { return one.id })
  })

  document.addEventListener('htmx:afterSwap', function () {
    open.forEach(function (id) {
      var one = document.getElementById(id)
      if (one) {
        one.open = true
      }
    })
  })
}())
