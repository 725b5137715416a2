// Copies commands, tells the local time beside UTC, and where the last act has led. Everything works without it.
(function () {
  'use strict'

  function written(text) {
    return navigator.clipboard ? navigator.clipboard.writeText(text) : Promise.reject(new Error('only on secure pages'))
  }

  /** What a button says for a moment; its name for those who hear it changes with it. */
  function says(button, text) {
    var name = button.dataset.name || button.getAttribute('aria-label')
    button.dataset.name = name
    button.textContent = text
    button.setAttribute('aria-label', text === 'Copy' ? name : text)
  }

  document.addEventListener('click', function (event) {
    var button = event.target.closest('button.copy')
    if (!button) {
      return
    }
    var line = document.getElementById(button.dataset.copy)
    written(line.textContent).then(function () {
      says(button, 'Copied')
      window.setTimeout(function () { says(button, 'Copy') }, 1500)
    }, function () {
      window.getSelection().selectAllChildren(line)
      says(button, 'Selected: copy it by keyboard')
    })
  })

  function localTimes(root) {
    root.querySelectorAll('time[datetime]').forEach(function (time) {
      time.title = new Date(time.dateTime).toLocaleString() + ' here'
    })
  }

  function outcome() {
    var shown = document.getElementById('outcome')
    return shown ? shown.textContent : ''
  }

  var heard = outcome()

  /** How a handover stands is replaced every two seconds; it is read out only when it is another. */
  function readOut() {
    if (outcome() !== heard) {
      heard = outcome()
      document.getElementById('handover-said').textContent = heard
    }
  }

  localTimes(document)
  document.addEventListener('htmx:afterSwap', function (event) {
    localTimes(event.target)
    readOut()
  })

  // Not before the page is there: going to the place that its address names takes the focus away.
  window.addEventListener('load', function () {
    var said = document.querySelector('.said-place .said')
    if (said) {
      said.focus({ preventScroll: true })
    }
  })
}())
