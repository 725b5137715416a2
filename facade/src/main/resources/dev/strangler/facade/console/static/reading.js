// Parts of a page are replaced when they are looked at again; whatever somebody is at stays: what is open, and what is being pressed.
(function () {
  'use strict'

  var pressed
  var open = []

  document.addEventListener('pointerdown', function (event) { pressed = event.target }, true)
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
