// Parts of a page are looked at again by themselves. One that is not answered keeps what it said before: it says so, and shows nothing in green.
(function () {
  'use strict'

  var note = document.getElementById('unanswered')
  var parts = new Set()

  function tell() {
    if (parts.size === 0) {
      note.hidden = true
      return
    }
    if (note.hidden) {
      var since = new Date().toISOString().slice(11, 19)
      note.textContent = '✕ The façade does not answer since ' + since + ' UTC. Parts of this page are older than they say; they are asked for again.'
      note.hidden = false
    }
  }

  document.addEventListener('htmx:afterRequest', function (event) {
    var part = event.detail.elt
    var isAnswered = event.detail.successful === true
    part.classList.toggle('unanswered', !isAnswered)
    if (isAnswered) {
      parts.delete(part)
    } else {
      parts.add(part)
    }
    parts.forEach(function (one) {
      if (!one.isConnected) {
        parts.delete(one)
      }
    })
    tell()
  })
}())
