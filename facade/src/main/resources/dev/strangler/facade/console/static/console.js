// Copies commands, and tells the local time beside UTC. Everything works without it.
(function () {
  'use strict'

  document.addEventListener('click', function (event) {
    var button = event.target.closest('button.copy')
    if (!button) {
      return
    }
    var text = document.getElementById(button.dataset.copy).textContent
    navigator.clipboard.writeText(text).then(function () {
      button.textContent = 'Copied'
      window.setTimeout(function () { button.textContent = 'Copy' }, 1500)
    }, function () {
      button.textContent = 'Select it'
    })
  })

  function localTimes(root) {
    root.querySelectorAll('time[datetime]').forEach(function (time) {
      time.title = new Date(time.dateTime).toLocaleString() + ' here'
    })
  }

  localTimes(document)
  document.addEventListener('htmx:afterSwap', function (event) { localTimes(event.target) })
}())
