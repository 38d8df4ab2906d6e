#!/usr/bin/env bash
# Makes customer.wav and agent.wav: a telephone call of about 45 s, each side its own 8 kHz 16-bit mono file,
# sample-aligned; and in secrets/ one of 38 s in which a card, its code, a social security number and a PIN are said. Needs flite and sox. The voices slt and rms come from CMU ARCTIC, whose licence is free.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# at ROLE START TEXT: START in seconds from the beginning of the call.
at() {
  local role=$1 start=$2 text=$3 voice piece
  voice=$([ "$role" = customer ] && echo rms || echo slt)
  piece="$work/$role-$start.wav"
  flite -voice "$voice" --setf duration_stretch=1.12 -t "$text" -o "$work/raw.wav"
  sox "$work/raw.wav" -r 8000 -b 16 -c 1 "$piece" norm -6 pad "$start" 0
}

# mix DIRECTORY SECONDS: writes both sides of what was said so far, and begins anew.
mix() {
  local directory=$1 length_seconds=$2 role
  for role in customer agent; do
    # A whisper of noise, as a telephone line has: digital silence would be too kind to the endpointer.
    sox -R -n -r 8000 -b 16 -c 1 "$work/line.wav" synth "$length_seconds" whitenoise vol 0.0006
    sox -R -m -v 1 "$work/line.wav" $(printf -- '-v 1 %s ' "$work/$role"-*.wav) -r 8000 -b 16 -c 1 \
      "$directory/$role.wav" trim 0 "$length_seconds"
  done
  rm "$work"/*.wav
  soxi -D "$directory/customer.wav" "$directory/agent.wav"
}

at agent 0.6 "Thank you for calling the streaming service. How can I help you today?"
at customer 5.2 "Hello, I need help with my streaming package. I would like to upgrade it."
at agent 10.0 "Of course. What is your PIN number, please?"
at customer 13.6 "Yes. My PIN number is five nine three seven."
at agent 18.2 "Thank you. The new package costs twelve dollars a month."
# Both talk at once here.
at customer 21.4 "Okay, that sounds good to me."
at agent 23.6 "Which card would you like to use for the payment?"
at customer 26.4 "My card number is five one seven three, nine five six one, three zero nine seven, six one nine seven."
# A pause, as when somebody types.
at agent 38.6 "Perfect, your upgrade is active now. Is there anything else?"
at customer 42.6 "No, that is everything. Goodbye."
mix . 46

at agent 0.5 "Can I have your card number, please?"
at customer 3.2 "Yes, it is five four two five, two three three four, three zero one zero, nine nine zero three."
at agent 14.0 "And the three digits on the back?"
at customer 16.8 "Seven three nine."
at agent 19.2 "What is your social security number?"
at customer 22.0 "It is five three six, two two, eight seven four one."
at agent 29.4 "And what is your PIN number, please?"
at customer 32.2 "My PIN number is eight zero two six."
mix secrets 38
