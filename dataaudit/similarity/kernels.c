/* The compiled side of near-duplicate search. plain.py defines every result; tests hold the two equal to the bit.
 *
 * C99 without libraries or Python headers: called through ctypes. Nothing is kept between calls, so any thread may
 * call. Buffers of texts end in PADDING readable bytes.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#if defined(_WIN32)
#define EXPORT __declspec(dllexport)
#elif defined(__GNUC__)
#define EXPORT __attribute__((visibility("default")))
#else
#define EXPORT
#endif

/* The wheel runs on any processor of its platform; the loader picks the fastest version of a function. */
#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__)
#define CLONES __attribute__((target_clones("avx2", "default")))
#else
#define CLONES
#endif

#if defined(__GNUC__)
#define LIKELY(condition) __builtin_expect(!!(condition), 1)
#else
#define LIKELY(condition) (condition)
#endif

typedef uint8_t u8;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int64_t i64;

#define LENGTH UINT64_C(0x9E3779B97F4A7C15)
#define WORD UINT64_C(0xD6E8FEB86659FD93)
#define STEP UINT64_C(0xA0761D6478BD642F)
#define REPEATED(byte) (UINT64_C(0x0101010101010101) * (byte))
#define BLOCK 64
#define UNROLLED 8
#define NONE UINT32_C(0xFFFFFFFF)

typedef struct {
    const u32 *a, *b;
    u64 shingle_seeds[4], run_seed, key_seed;
    i64 word_shingle, char_shingle, min_words, zone_words, template_words, permutations, bands, rows_per_band;
} Parameters;

/* A set of hashes other than 0: sorted, and where it pays (mask != 0) as a table too. */
typedef struct {
    const u64 *sorted;
    i64 count;
    u64 *table, mask;
} Templates;

typedef struct {
    i64 size, tokens, characters, covered;
    u64 smallest;
    const u8 *bytes;
    u64 *hashes, *numbers, *shingles;
    u32 *starts, *ends;
    u8 *token_covered, *byte_covered, *number_covered;
    void *memory;
} Text;

/* Raised with every change of what is exported: a library of another number is not used. */
EXPORT i64 dataaudit_interface(void) { return 1; }

/* ---- words of memory ---- */

static inline u64 load(const u8 *from)
{
    u64 word;
    memcpy(&word, from, 8);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

#if defined(_MSC_VER) && !defined(__clang__)
#include <intrin.h>
static inline int lowest(u64 mask)
{
    unsigned long place;
#if defined(_WIN64)
    _BitScanForward64(&place, mask);
#else
    if (!_BitScanForward(&place, (unsigned long)mask)) {
        _BitScanForward(&place, (unsigned long)(mask >> 32));
        place += 32;
    }
#endif
    return (int)place;
}
#else
static inline int lowest(u64 mask) { return __builtin_ctzll(mask); }
#endif

/* One bit a byte: bit i tells whether byte i has its top bit set. */
static inline u64 gathered(u64 tops) { return ((tops >> 7) * UINT64_C(0x0102040810204080)) >> 56; }

static inline u64 spaces(u64 word)
{
    u64 other = word ^ REPEATED(0x20);
    return ~(((other & REPEATED(0x7F)) + REPEATED(0x7F)) | other) & REPEATED(0x80);
}

/* Bytes from 0xE0 on: only they begin characters of scripts without blanks. */
static inline u64 wide(u64 word) { return word & (word << 1) & (word << 2) & REPEATED(0x80); }

/* ---- hashes ---- */

static inline u64 mix(u64 value)
{
    value = (value ^ (value >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    value = (value ^ (value >> 27)) * UINT64_C(0x94D049BB133111EB);
    return value ^ (value >> 31);
}

static inline u64 absorbed(u64 value, u64 word)
{
    value = (value ^ word) * WORD;
    return value ^ (value >> 32);
}

/* What the first n <= 16 bytes leave of two words: looked up, as a branch would often be guessed wrongly. */
#define ALL ~UINT64_C(0)
#define FIRST(bytes) ((UINT64_C(1) << (8 * (bytes))) - 1)
static const u64 FIRST_WORD[17] = {0, FIRST(1), FIRST(2), FIRST(3), FIRST(4), FIRST(5), FIRST(6), FIRST(7),
                                   ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL, ALL};
static const u64 SECOND_WORD[17] = {0, 0, 0, 0, 0, 0, 0, 0, 0,
                                    FIRST(1), FIRST(2), FIRST(3), FIRST(4), FIRST(5), FIRST(6), FIRST(7), ALL};

static inline u64 token_hash(const u8 *token, i64 size)
{
    u64 value = (u64)size * LENGTH;
    for (; size > 16; token += 16, size -= 16) {
        value = absorbed(value, load(token));
        value = absorbed(value, load(token + 8));
    }
    value = absorbed(value, load(token) & FIRST_WORD[size]);
    return absorbed(value, load(token + 8) & SECOND_WORD[size]);
}

static inline u64 power(u64 base, i64 exponent)
{
    u64 result = 1;
    for (; exponent > 0; exponent--) result *= base;
    return result;
}

/* ---- texts into tokens and characters ---- */

static inline int is_spaceless(u32 number)
{
    if (number < 0xE0B880) return 0;
    if (number <= 0xEFBFBF)
        return number <= 0xE0BBBF                                /* Thai, Lao */
            || (number >= 0xE18080 && number <= 0xE1829F)        /* Myanmar */
            || (number >= 0xE19E80 && number <= 0xE19FBF)        /* Khmer */
            || (number >= 0xE38085 && number <= 0xE38087)        /* Han marks */
            || (number >= 0xE38180 && number <= 0xE383BF)        /* Kana */
            || (number >= 0xE387B0 && number <= 0xE387BF)
            || (number >= 0xE39080 && number <= 0xE4B6BF)        /* Han */
            || (number >= 0xE4B880 && number <= 0xE9BFBF)
            || (number >= 0xEAA7A0 && number <= 0xEAA7BF)        /* Myanmar extended */
            || (number >= 0xEAA9A0 && number <= 0xEAA9BF)
            || (number >= 0xEFA480 && number <= 0xEFABBF)        /* Han, compatibility */
            || (number >= 0xEFBDA6 && number <= 0xEFBE9F);       /* Katakana, halfwidth */
    return (number >= 0xF09B8080 && number <= 0xF09B85AF)        /* Kana supplements */
        || (number >= 0xF0A08080 && number <= 0xF0BFBFBF);       /* Han extensions */
}

/* The number of the character at `place`, which is moved behind it. */
static inline u32 next_character(const u8 *bytes, i64 size, i64 *place)
{
    u32 number = bytes[(*place)++];
    if (number >= 0x80)
        while (*place < size && (bytes[*place] & 0xC0) == 0x80) number = number << 8 | bytes[(*place)++];
    return number;
}

static inline void put_token(const Text *text, i64 place, i64 start, i64 end)
{
    text->hashes[place] = token_hash(text->bytes + start, end - start);
    text->starts[place] = (u32)start;
    text->ends[place] = (u32)end;
}

static i64 tokens_by_character(const Text *text)
{
    i64 start = 0, place = 0, count = 0;
    while (place < text->size) {
        i64 here = place;
        u32 number = next_character(text->bytes, text->size, &place);
        int alone = is_spaceless(number);
        if (!alone && number != ' ') continue;
        if (here > start) put_token(text, count++, start, here);
        if (alone) put_token(text, count++, here, place);
        start = place;
    }
    if (place > start) put_token(text, count++, start, place);
    return count;
}

/* Fills the tokens of a text and gives their number. */
CLONES static i64 tokenise(const Text *text)
{
    const u8 *bytes = text->bytes;
    i64 size = text->size, start = 0, count = 0;
    for (i64 base = 0; base < size; base += BLOCK) {
        u64 ends = 0, wides = 0;
        for (int part = 0; part < BLOCK; part += 8) {
            u64 word = load(bytes + base + part);
            ends |= gathered(spaces(word)) << part;
            wides |= gathered(wide(word)) << part;
        }
        if (size - base < BLOCK) {
            u64 inside = (UINT64_C(1) << (size - base)) - 1;
            ends &= inside;
            wides &= inside;
        }
        if (wides) return tokens_by_character(text);
        for (; ends; ends &= ends - 1) {
            i64 end = base + lowest(ends);
            if (LIKELY(end > start)) put_token(text, count++, start, end);
            start = end + 1;
        }
    }
    if (size > start) put_token(text, count++, start, size);
    return count;
}

/* Needs the tokens, and which of them are covered. */
static void characters(Text *text)
{
    u8 *inside = text->byte_covered;
    if (text->covered) {
        memset(inside, 0, (size_t)text->size);
        for (i64 i = 0; i < text->tokens; i++) {
            if (!text->token_covered[i]) continue;
            i64 on = i + 1 < text->tokens && text->token_covered[i + 1];
            i64 end = on ? text->starts[i + 1] : text->ends[i];
            memset(inside + text->starts[i], 1, (size_t)(end - text->starts[i]));
        }
    }
    i64 count = 0;
    for (i64 place = 0; place < text->size;) {
        if (place + 8 <= text->size && !(load(text->bytes + place) & REPEATED(0x80))) {
            for (int k = 0; k < 8; k++) text->numbers[count + k] = text->bytes[place + k];
            if (text->covered) memcpy(text->number_covered + count, inside + place, 8);
            count += 8;
            place += 8;
            continue;
        }
        if (text->covered) text->number_covered[count] = inside[place];
        text->numbers[count++] = next_character(text->bytes, text->size, &place);
    }
    text->characters = count;
}

/* ---- templates ---- */

static int is_template(const Templates *templates, u64 hash)
{
    if (templates->mask) {
        for (u64 slot = hash & templates->mask;; slot = (slot + 1) & templates->mask) {
            if (!templates->table[slot]) return 0;
            if (templates->table[slot] == hash) return 1;
        }
    }
    i64 low = 0, high = templates->count;
    while (low < high) {
        i64 middle = low + (high - low) / 2;
        if (templates->sorted[middle] < hash) low = middle + 1;
        else high = middle;
    }
    return low < templates->count && templates->sorted[low] == hash;
}

/* A table pays where many hashes will be asked for. Returns whether there was memory. */
static int open_templates(Templates *templates, const u64 *sorted, i64 count, i64 asked)
{
    templates->sorted = sorted;
    templates->count = count;
    templates->table = NULL;
    templates->mask = 0;
    if (!count || asked < 2 * count) return 1;
    u64 size = 16;
    while (size < 4 * (u64)count) size *= 2;
    templates->table = calloc(size, sizeof(u64));
    if (!templates->table) return 0;
    templates->mask = size - 1;
    for (i64 i = 0; i < count; i++) {
        u64 slot = sorted[i] & templates->mask;
        while (templates->table[slot] && templates->table[slot] != sorted[i]) slot = (slot + 1) & templates->mask;
        templates->table[slot] = sorted[i];
    }
    return 1;
}

/* Hashes of the sequences of `length` values into `hashes`; their number. Rolls the polynomial along. */
static inline i64 sequences(const u64 *values, i64 count, i64 length, u64 seed, u64 *hashes)
{
    u64 total = 0, leaving = power(STEP, length);
    if (length < 1 || count < length) return 0;
    for (i64 i = 0; i < length; i++) total = total * STEP + values[i];
    hashes[0] = mix(total + seed);
    for (i64 i = length; i < count; i++) {
        total = total * STEP + (values[i] - values[i - length] * leaving);
        hashes[i - length + 1] = mix(total + seed);
    }
    return count - length + 1;
}

static i64 run_hashes(const Text *text, i64 words, u64 seed, u64 *hashes)
{
    i64 count = sequences(text->hashes, text->tokens, words, seed, hashes);
    for (i64 i = 0; i < count; i++) hashes[i] += !hashes[i];
    return count;
}

static void cover(Text *text, const Parameters *p, const Templates *templates)
{
    text->covered = 0;
    text->smallest = 0;
    if (!templates->count) return;
    i64 count = run_hashes(text, p->template_words, p->run_seed, text->shingles), filled = 0;
    memset(text->token_covered, 0, (size_t)text->tokens);
    for (i64 i = 0; i < count; i++) {
        u64 hash = text->shingles[i];
        if (!is_template(templates, hash)) continue;
        if (!text->smallest || hash < text->smallest) text->smallest = hash;
        for (filled = filled > i ? filled : i; filled < i + p->template_words; filled++) {
            text->token_covered[filled] = 1;
            text->covered++;
        }
    }
}

/* ---- shingles ---- */

static i64 shingles(Text *text, int field, int by_words, const Parameters *p)
{
    if (!by_words) characters(text);
    i64 count = by_words ? text->tokens : text->characters;
    i64 length = by_words ? p->word_shingle : p->char_shingle;
    const u8 *covered = by_words ? text->token_covered : text->number_covered;
    u64 seed = p->shingle_seeds[field * 2 + !by_words];
    if (length > count) length = count;
    if (length < 1) return 0;
    count = sequences(by_words ? text->hashes : text->numbers, count, length, seed, text->shingles);
    if (!text->covered) return count;
    i64 kept = 0, run = 0;
    for (i64 i = 0; i < length - 1; i++) run = covered[i] ? run + 1 : 0;
    u64 first = text->shingles[0];
    for (i64 i = 0; i < count; i++) {
        run = covered[i + length - 1] ? run + 1 : 0;
        if (run < length) text->shingles[kept++] = text->shingles[i];
    }
    if (kept) return kept;
    text->shingles[0] = first;
    return count;
}

static int is_long(const Text *text, const Parameters *p)
{
    return text->tokens >= (p->min_words > 1 ? p->min_words : 1);
}

static void close_text(Text *text) { free(text->memory); }

/* Room for any text up to `size` bytes. Returns whether there was memory. */
static int open_text(Text *text, i64 size)
{
    size_t room = ((size_t)size + UNROLLED + 7) & ~(size_t)7;
    u8 *memory = malloc(room * (3 * sizeof(u64) + 2 * sizeof(u32) + 3));
    text->memory = memory;
    if (!memory) return 0;
    text->hashes = (u64 *)(void *)memory;
    text->numbers = text->hashes + room;
    text->shingles = text->numbers + room;
    text->starts = (u32 *)(void *)(text->shingles + room);
    text->ends = text->starts + room;
    text->token_covered = (u8 *)(text->ends + room);
    text->byte_covered = text->token_covered + room;
    text->number_covered = text->byte_covered + room;
    return 1;
}

static void read_text(Text *text, const u8 *bytes, const i64 *offset, const Parameters *p, const Templates *templates)
{
    text->bytes = bytes + offset[0];
    text->size = offset[1] - offset[0];
    text->tokens = tokenise(text);
    cover(text, p, templates);
}

static i64 longest(const i64 *offsets, i64 texts)
{
    i64 most = 0;
    for (i64 i = 0; i < texts; i++)
        if (offsets[i + 1] - offsets[i] > most) most = offsets[i + 1] - offsets[i];
    return most;
}

/* ---- sketches ---- */

/* The least value of each function, into `least`. There is room for UNROLLED hashes more. */
CLONES static void signature(u64 *hashes, i64 count, const u32 *a, const u32 *b, i64 functions, u32 *least)
{
    for (i64 j = 0; j < functions; j++) least[j] = NONE;
    if (!count) return;
    for (i64 i = count; i % UNROLLED; i++) hashes[i] = hashes[count - 1];
    for (i64 i = 0; i < count; i += UNROLLED) {
        u32 h[UNROLLED];
        for (int k = 0; k < UNROLLED; k++) h[k] = (u32)(hashes[i + k] >> 32);
        for (i64 j = 0; j < functions; j++) {
            u32 lowest_value = least[j], factor = a[j], added = b[j];
            for (int k = 0; k < UNROLLED; k++) {
                u32 value = factor * h[k] + added;
                lowest_value = value < lowest_value ? value : lowest_value;
            }
            least[j] = lowest_value;
        }
    }
}

static void band_keys(const u32 *least, int kind, const Parameters *p, u32 *keys)
{
    for (i64 band = 0; band < p->bands; band++) {
        u64 total = (u64)(band * 2 + kind);
        for (i64 row = 0; row < p->rows_per_band; row++) total = total * STEP + least[band * p->rows_per_band + row];
        u32 key = (u32)(mix(total + p->key_seed) >> 32);
        keys[band] = key + !key;
    }
}

/* Keys of one entry, of the signatures of its two fields; `given`: which of them hold a text. */
static void entry_keys(u32 *const least[2], const int given[2], const Parameters *p, u32 *both_least, u32 *prompt, u32 *both)
{
    size_t size = sizeof(u32) * (size_t)p->bands;
    for (i64 j = 0; j < p->permutations; j++) both_least[j] = least[0][j] < least[1][j] ? least[0][j] : least[1][j];
    if (given[0]) band_keys(least[0], 0, p, prompt);
    else memset(prompt, 0, size);
    if (given[0] || given[1]) band_keys(both_least, 1, p, both);
    else memset(both, 0, size);
}

/* offsets: [2 * rows + 1], first the questions, then the answers. Returns the number of extra entries, -1 without memory. */
EXPORT i64 dataaudit_sketch(const Parameters *p, const u8 *bytes, const i64 *offsets, i64 rows, const u64 *sorted,
                            i64 templates_count, u32 *prompt, u32 *both, u32 *words, u32 *covered, u64 *template_hash,
                            i64 *extra_row, u32 *extra_prompt, u32 *extra_both)
{
    i64 extras = -1, width = p->permutations;
    Templates templates;
    Text text;
    u32 *room = malloc(sizeof(u32) * 5 * (size_t)width);
    int ready = open_templates(&templates, sorted, templates_count, (offsets[2 * rows] - offsets[0]) / 6);
    ready &= open_text(&text, longest(offsets, 2 * rows));
    if (room && ready) {
        extras = 0;
        for (i64 row = 0; row < rows; row++) {
            u32 *least[2], *other[2];
            int given[2], zone = 0;
            words[row] = covered[row] = 0;
            template_hash[row] = 0;
            for (int field = 0; field < 2; field++) {
                read_text(&text, bytes, offsets + row + field * rows, p, &templates);
                int by_words = is_long(&text, p);
                given[field] = text.size > 0;
                words[row] += (u32)text.tokens;
                covered[row] += (u32)text.covered;
                if (text.smallest && (!template_hash[row] || text.smallest < template_hash[row]))
                    template_hash[row] = text.smallest;
                least[field] = other[field] = room + field * width;
                signature(text.shingles, shingles(&text, field, by_words, p), p->a, p->b, width, least[field]);
                if (by_words && text.tokens < p->zone_words) {
                    zone = 1;
                    other[field] = room + (2 + field) * width;
                    signature(text.shingles, shingles(&text, field, 0, p), p->a, p->b, width, other[field]);
                }
            }
            u32 *both_least = room + 4 * width;
            entry_keys(least, given, p, both_least, prompt + row * p->bands, both + row * p->bands);
            if (zone) {
                i64 at = extras * p->bands;
                entry_keys(other, given, p, both_least, extra_prompt + at, extra_both + at);
                extra_row[extras++] = row;
            }
        }
    }
    close_text(&text);
    free(templates.table);
    free(room);
    return extras;
}

/* ---- pairs ---- */

enum { EMPTY, LEFT, SEEN };

typedef struct {
    u64 *hashes;
    u8 *states;
    size_t room;
} Set;

/* An empty set with room for `count` hashes. Returns its mask, 0 without memory. */
static u64 open_set(Set *set, i64 count)
{
    size_t size = 16;
    while (size < 2 * (size_t)count) size *= 2;
    if (size > set->room) {
        free(set->hashes);
        set->hashes = malloc(size * (sizeof(u64) + 1));
        set->room = set->hashes ? size : 0;
        if (!set->hashes) return 0;
        set->states = (u8 *)(set->hashes + size);
    }
    memset(set->states, EMPTY, size);
    return size - 1;
}

static inline u64 slot_of(const Set *set, u64 mask, u64 hash)
{
    u64 slot = hash & mask;
    while (set->states[slot] != EMPTY && set->hashes[slot] != hash) slot = (slot + 1) & mask;
    return slot;
}

/* Adds the sizes of the intersection and the union of two lists of hashes. Returns whether there was memory. */
static int compare(Set *set, const u64 *left, i64 lefts, const u64 *right, i64 rights, i64 *shared, i64 *total)
{
    u64 mask = open_set(set, lefts + rights);
    if (!mask) return 0;
    for (i64 i = 0; i < lefts; i++) {
        u64 slot = slot_of(set, mask, left[i]);
        *total += set->states[slot] == EMPTY;
        set->states[slot] = LEFT;
        set->hashes[slot] = left[i];
    }
    for (i64 i = 0; i < rights; i++) {
        u64 slot = slot_of(set, mask, right[i]);
        *total += set->states[slot] == EMPTY;
        *shared += set->states[slot] == LEFT;
        set->states[slot] = SEEN;
        set->hashes[slot] = right[i];
    }
    return 1;
}

/* offsets: [4 * pairs + 1]: left questions, left answers, right questions, right answers. result: [pairs, 3], filled
 * with nan. Returns 0, or -1 without memory. */
EXPORT i64 dataaudit_scores(const Parameters *p, const u8 *bytes, const i64 *offsets, i64 pairs, const u64 *sorted,
                            i64 templates_count, double *result)
{
    Templates templates;
    Text left, right;
    Set set = {NULL, NULL, 0};
    i64 most = longest(offsets, 4 * pairs);
    int ready = open_templates(&templates, sorted, templates_count, (offsets[4 * pairs] - offsets[0]) / 6);
    ready &= open_text(&left, most);
    ready &= open_text(&right, most);
    for (i64 pair = 0; ready && pair < pairs; pair++) {
        i64 all_shared = 0, all_total = 0;
        for (int field = 0; ready && field < 2; field++) {
            const i64 *offset = offsets + field * pairs + pair;
            read_text(&left, bytes, offset, p, &templates);
            read_text(&right, bytes, offset + 2 * pairs, p, &templates);
            int by_words = is_long(&left, p) && is_long(&right, p);
            i64 lefts = shingles(&left, field, by_words, p), rights = shingles(&right, field, by_words, p);
            i64 shared = 0, total = 0;
            ready = compare(&set, left.shingles, lefts, right.shingles, rights, &shared, &total);
            if (total) result[3 * pair + field] = (double)shared / (double)total;
            all_shared += shared;
            all_total += total;
        }
        if (all_total) result[3 * pair + 2] = (double)all_shared / (double)all_total;
    }
    free(set.hashes);
    close_text(&left);
    close_text(&right);
    free(templates.table);
    return ready ? 0 : -1;
}

/* ---- learning, and buckets ---- */

/* Hashes of the runs of `words` tokens of each text, one text after the other as they come, and their numbers.
 * found: room for as many as there are bytes. Returns 0, or -1 without memory. */
EXPORT i64 dataaudit_runs(const u8 *bytes, const i64 *offsets, i64 texts, i64 words, u64 seed, u64 *found, i64 *counts)
{
    Text text;
    int ready = open_text(&text, longest(offsets, texts));
    for (i64 i = 0; ready && i < texts; i++) {
        text.bytes = bytes + offsets[i];
        text.size = offsets[i + 1] - offsets[i];
        text.tokens = tokenise(&text);
        counts[i] = run_hashes(&text, words, seed, found);
        found += counts[i];
    }
    close_text(&text);
    return ready ? 0 : -1;
}

/* Marks the keys that may be repeated. Slots count to two in two bits; keys that share one are marked too.
 * Returns 0, or -1 without memory. */
EXPORT i64 dataaudit_repeated(const u32 *keys, i64 count, u8 *marks)
{
    int bits = 12;
    while (bits < 30 && (INT64_C(1) << bits) < 8 * count) bits++;
    u8 *slots = calloc((size_t)1 << (bits - 2), 1);
    if (!slots) return -1;
    for (i64 i = 0; i < count; i++) {
        u32 slot = (keys[i] * UINT32_C(0x9E3779B1)) >> (32 - bits), shift = 2 * (slot & 3);
        u8 seen = slots[slot >> 2] >> shift & 1;
        slots[slot >> 2] |= (u8)((1 + seen) << shift | seen << shift);
    }
    for (i64 i = 0; i < count; i++) {
        u32 slot = (keys[i] * UINT32_C(0x9E3779B1)) >> (32 - bits);
        marks[i] = keys[i] && (slots[slot >> 2] >> (2 * (slot & 3)) & 2);
    }
    free(slots);
    return 0;
}
