// The shortcodes people and the app use most. An unknown one is shown as it was written.

const NAMES = `
+1 👍|-1 👎|thumbsup 👍|thumbsdown 👎|heart ❤️|joy 😂|smile 😄|slightly_smiling_face 🙂|grinning 😀|laughing 😆
sweat_smile 😅|wink 😉|blush 😊|heart_eyes 😍|star-struck 🤩|thinking_face 🤔|neutral_face 😐|confused 😕
cry 😢|sob 😭|scream 😱|rage 😡|sunglasses 😎|sleeping 😴|partying_face 🥳|sleepy 😪|hugging_face 🤗
raised_hands 🙌|clap 👏|pray 🙏|wave 👋|muscle 💪|eyes 👀|ok_hand 👌|point_up ☝️|point_right 👉|point_left 👈
point_down 👇|writing_hand ✍️|tada 🎉|sparkles ✨|fire 🔥|100 💯|rocket 🚀|star ⭐|star2 🌟|zap ⚡|boom 💥
bulb 💡|art 🎨|lower_left_paintbrush 🖌️|paintbrush 🖌️|frame_with_picture 🖼️|framed_picture 🖼️|camera 📷
camera_with_flash 📸|movie_camera 🎥|film_frames 🎞️|pencil 📝|pencil2 ✏️|memo 📝|scissors ✂️|wrench 🔧|gear ⚙️
hammer_and_wrench 🛠️|link 🔗|lock 🔒|key 🔑|mag 🔍|bell 🔔|paperclip 📎|pushpin 📌|bookmark 🔖|books 📚
white_check_mark ✅|heavy_check_mark ✔️|ballot_box_with_check ☑️|x ❌|no_entry ⛔|no_entry_sign 🚫|warning ⚠️
exclamation ❗|question ❓|information_source ℹ️|hourglass ⌛|hourglass_flowing_sand ⏳|stopwatch ⏱️|clock3 🕒
arrow_up ⬆️|arrow_down ⬇️|arrow_left ⬅️|arrow_right ➡️|arrows_counterclockwise 🔄|repeat 🔁|leftwards_arrow_with_hook ↩️
moneybag 💰|money_with_wings 💸|dollar 💵|euro 💶|credit_card 💳|chart_with_upwards_trend 📈|bar_chart 📊
red_circle 🔴|large_green_circle 🟢|large_yellow_circle 🟡|large_blue_circle 🔵|white_circle ⚪|black_circle ⚫
fox_face 🦊|cat 🐱|dog 🐶|bear 🐻|panda_face 🐼|owl 🦉|robot_face 🤖|ghost 👻|alien 👽|unicorn_face 🦄
snowflake ❄️|snowman ⛄|sunny ☀️|sun_with_face 🌞|cloud ☁️|rainbow 🌈|umbrella ☔|ocean 🌊|night_with_stars 🌃
crescent_moon 🌙|full_moon 🌕|earth_africa 🌍|mountain ⛰️|evergreen_tree 🌲|cherry_blossom 🌸|rose 🌹|maple_leaf 🍁
coffee ☕|pizza 🍕|cake 🍰|apple 🍎|house 🏠|office 🏢|car 🚗|bike 🚲|train 🚆|airplane ✈️|package 📦|gift 🎁
email 📧|speech_balloon 💬|thought_balloon 💭|loudspeaker 📢|mute 🔇|stop_button ⏹️|octagonal_sign 🛑|game_die 🎲
crystal_ball 🔮|microscope 🔬|straight_ruler 📏|triangular_ruler 📐|black_square_for_stop ⏹️|wastebasket 🗑️|see_no_evil 🙈`;

const EMOJI = new Map(
  NAMES.trim().split(/[|\n]/).map((pair) => pair.split(" ")),
);

/** What the reaction picker offers. */
export const REACTIONS = ["+1", "-1", "heart", "joy", "tada", "eyes", "fire", "art", "star-struck", "thinking_face", "white_check_mark", "x"];

/** What the toolbar of a message offers at once. */
export const QUICK = { "+1": "thumbs up", "-1": "thumbs down", heart: "heart" };

const TONES = ["🏻", "🏼", "🏽", "🏾", "🏿"];

/** The characters of a shortcode such as "tada" or "+1::skin-tone-2"; undefined when it is not known. */
export function emoji(name) {
  const [plain, tone] = name.split("::skin-tone-");
  const character = EMOJI.get(plain);
  // A tone takes the place of the mark that asks for the coloured form.
  return character && tone ? character.replace("\uFE0F", "") + (TONES[tone - 2] || "") : character;
}
