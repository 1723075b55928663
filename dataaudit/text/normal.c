/* The compiled side of normal forms. normalize.py defines every result; tests hold the two equal to the byte.
 *
 * C99 without libraries or Python headers: called through ctypes. Nothing is kept between calls, so any thread may
 * call. The buffer of texts ends in PADDING readable bytes. It holds what Python encodes: UTF-8 and lone surrogates.
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

typedef uint8_t u8;
typedef uint16_t u16;
typedef uint32_t u32;
typedef uint64_t u64;
typedef int64_t i64;

#define BLOCK 64
#define PADDING 64
#define GROWTH 3 /* bytes of a form for each byte of its text, at most: entries have 6, characters at least 2 */
#define MARKS 64 /* bytes of marks behind a character, beyond which Python orders them */
#define TOPS UINT64_C(0x8080808080808080)

/* What there is to know about a character beyond ASCII: compiled.py says how it is packed. */
#define ENTRY_SIZE(entry) ((i64)((entry) & 7))
#define ENTRY_KNOWN UINT64_C(8)
#define ENTRY_COMPLEX UINT64_C(16)
#define ENTRY_SPACE UINT64_C(32)
#define ENTRY_MARK UINT64_C(64)
#define ENTRY_CLASS(entry) ((u8)((entry) >> 8))
#define ENTRY_FORM(entry) ((entry) >> 16)

enum { DONE = 0, COMPLEX = 1, UNKNOWN = 2 };

/* What an ASCII character can be. */
enum { SYMBOL = 1, SIGN = 2, DIGIT = 4, BEFORE_MINUS = 8, SPACE_IN_STR = 16 };

static const u8 KIND[128] = {
    ['\x01'] = SYMBOL, ['\x02'] = SYMBOL, ['\x04'] = SYMBOL, ['%'] = SYMBOL, ['$'] = SYMBOL, ['&'] = SYMBOL,
    ['|'] = SYMBOL, ['~'] = SYMBOL, ['#'] = SYMBOL, ['@'] = SYMBOL,
    ['+'] = SYMBOL | BEFORE_MINUS, ['*'] = SYMBOL | BEFORE_MINUS, ['/'] = SYMBOL | BEFORE_MINUS,
    ['='] = SYMBOL | BEFORE_MINUS, ['<'] = SYMBOL | BEFORE_MINUS, ['>'] = SYMBOL | BEFORE_MINUS,
    ['^'] = SYMBOL | BEFORE_MINUS,
    ['('] = BEFORE_MINUS, ['\0'] = BEFORE_MINUS, [' '] = BEFORE_MINUS, ['\t'] = BEFORE_MINUS, ['\n'] = BEFORE_MINUS,
    ['\v'] = BEFORE_MINUS, ['\f'] = BEFORE_MINUS, ['\r'] = BEFORE_MINUS,
    ['\x1C'] = SPACE_IN_STR, ['\x1D'] = SPACE_IN_STR, ['\x1E'] = SPACE_IN_STR, ['\x1F'] = SPACE_IN_STR,
    ['-'] = SIGN, ['!'] = SIGN, ['.'] = SIGN,
    ['0'] = DIGIT, ['1'] = DIGIT, ['2'] = DIGIT, ['3'] = DIGIT, ['4'] = DIGIT,
    ['5'] = DIGIT, ['6'] = DIGIT, ['7'] = DIGIT, ['8'] = DIGIT, ['9'] = DIGIT,
};

typedef struct {
    const u16 *pages; /* of each 256 characters the number of their page; page 0 holds nothing */
    const u64 *entries;
} Table;

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

/* One bit for each byte of a block: whether its top bit is set. */
static inline u64 gathered(const u8 *flags)
{
    u64 bits = 0;
    for (int part = 0; part < BLOCK; part += 8)
        bits |= ((((load(flags + part) & TOPS) >> 7) * UINT64_C(0x0102040810204080)) >> 56) << part;
    return bits;
}

static inline u64 below(int place) { return (UINT64_C(1) << place) - 1; }

CLONES static int is_ascii(const u8 *text, i64 size)
{
    u8 any = 0;
    for (i64 i = 0; i < size; i++) any |= text[i];
    return any < 0x80;
}

/* ---- signs ---- */

static inline int is_digit(const u8 *text, i64 size, i64 place)
{
    return place >= 0 && place < size && text[place] < 0x80 && KIND[text[place]] & DIGIT;
}

/* What `-`, `!` or `.` at `place` stands for, or a blank. `minus`: whether what is before it lets `-` be a minus. */
static inline u8 sign(const u8 *text, i64 size, i64 place, int minus)
{
    i64 next = place + 1;
    if (text[place] == '.') return is_digit(text, size, place - 1) && is_digit(text, size, next) ? '\x04' : ' ';
    if (text[place] == '!') return next < size && text[next] == '=' ? '\x02' : ' ';
    if (!minus) return ' ';
    return is_digit(text, size, next + (next < size && text[next] == ' ')) ? '\x01' : ' ';
}

/* ---- ASCII, and what `decoded` makes of other texts ---- */

/* The bytes of a block that `kept` tells, to the end of a form; the new end. `bytes` has PADDING more. */
static inline u8 *compressed(const u8 *bytes, u64 kept, u8 *end)
{
    for (int place = 0; place < BLOCK;) {
        u64 rest = kept & ~below(place);
        if (!rest) break;
        place = lowest(rest);
        u64 dropped = ~kept & ~below(place);
        int stop = dropped ? lowest(dropped) : BLOCK;
        memcpy(end, bytes + place, BLOCK);
        end += stop - place;
        place = stop;
    }
    return end;
}

/* Writes the normal form of a text and gives its size. Bytes beyond ASCII are letters. `form` has BLOCK bytes to spare.
 *
 * A run of blanks is kept, as its last blank, between two letters only: none stays at the ends or beside a symbol.
 */
CLONES static i64 write_form(const u8 *text, i64 size, u8 *form)
{
    u8 bytes[BLOCK + PADDING] = {0}, letter[BLOCK], other[BLOCK];
    u8 *end = form;
    u64 after_letter = 0, pending = 0; /* whether the block before ended in a letter; in blanks behind one */
    for (i64 base = 0; base < size; base += BLOCK) {
        const u8 *from = text + base;
        for (int i = 0; i < BLOCK; i++) {
            u8 code = from[i], low = code | 0x20;
            u8 high = code & 0x80 ? 0xFF : 0;
            u8 plain = ((u8)(low - 'a') < 26) | ((u8)(code - '0') < 10) ? 0xFF : 0;
            letter[i] = high | plain;
            other[i] = (u8) ~(high | plain) & (code == ' ' ? 0 : 0xFF);
            bytes[i] = (code & high) | (low & plain) | (' ' & (u8) ~(high | plain));
        }
        u64 inside = size - base < BLOCK ? below((int)(size - base)) : ~UINT64_C(0);
        u64 letters = gathered(letter) & inside, symbols = 0;
        for (u64 others = gathered(other) & inside; others; others &= others - 1) {
            int i = lowest(others);
            u8 code = from[i];
            if (KIND[code] & SIGN) {
                i64 place = base + i;
                code = sign(text, size, place, !place || (text[place - 1] < 0x80 && KIND[text[place - 1]] & BEFORE_MINUS));
            }
            if (KIND[code] & SYMBOL) {
                bytes[i] = code;
                symbols |= UINT64_C(1) << i;
            }
        }
        u64 blanks = inside & ~letters & ~symbols;
        if (pending && letters & 1) *end++ = ' ';
        u64 begun = blanks & (letters << 1 | after_letter | pending);
        u64 carried = begun + blanks;
        u64 closed = (carried & ~blanks & letters) >> 1 & blanks;
        end = compressed(bytes, letters | symbols | closed, end);
        after_letter = letters >> 63;
        pending = carried < begun;
    }
    return end - form;
}

/* ---- other texts ---- */

/* The code of the character at `place`, which is moved behind it. Never reads more than 3 bytes behind a text. */
static inline u32 next_character(const u8 *text, i64 *place)
{
    const u8 *at = text + *place;
    if (at[0] < 0xE0) {
        *place += 2;
        return (u32)(at[0] & 0x1F) << 6 | (at[1] & 0x3F);
    }
    if (at[0] < 0xF0) {
        *place += 3;
        return (u32)(at[0] & 0x0F) << 12 | (u32)(at[1] & 0x3F) << 6 | (at[2] & 0x3F);
    }
    *place += 4;
    return (u32)(at[0] & 0x07) << 18 | (u32)(at[1] & 0x3F) << 12 | (u32)(at[2] & 0x3F) << 6 | (at[3] & 0x3F);
}

static inline void put_entry(u64 entry, u8 *to)
{
    u64 form = ENTRY_FORM(entry);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    form = __builtin_bswap64(form);
#endif
    memcpy(to, &form, 8);
}

static inline u64 entry_of(Table table, u32 character)
{
    return table.entries[(u64)table.pages[character >> 8] * 256 + (character & 0xFF)];
}

/* Puts a mark behind those of no higher class among the marks from `marks` to `end`; the new end. */
static u8 *put_mark(u64 entry, Table table, u8 *marks, u8 *end)
{
    u8 form[8], *to = end;
    while (to > marks) {
        u8 *before = to - 1;
        while ((*before & 0xC0) == 0x80) before--;
        i64 start = 0;
        if (ENTRY_CLASS(entry_of(table, next_character(before, &start))) <= ENTRY_CLASS(entry)) break;
        to = before;
    }
    put_entry(entry, form);
    memmove(to + ENTRY_SIZE(entry), to, (size_t)(end - to));
    memcpy(to, form, (size_t)ENTRY_SIZE(entry));
    return end + ENTRY_SIZE(entry);
}

/* Signs and characters beyond ASCII replaced, so that `write_form` can do the rest. Returns a status.
 *
 * The forms of characters in a row are the form of the row, once the marks behind a character are ordered by class.
 */
static int decode(const u8 *text, i64 size, Table table, u8 *to, i64 *written)
{
    u8 *end = to, *marks = to; /* since the last character that is no mark */
    u8 class = 0, highest = 0; /* of the end of that character, and of the marks behind it */
    int minus = 1;             /* whether a `-` here can be a minus */
    for (i64 place = 0; place < size;) {
        u8 code = text[place];
        if (code < 0x80) {
            *end++ = KIND[code] & SIGN ? sign(text, size, place, minus) : code;
            minus = (KIND[code] & (BEFORE_MINUS | SPACE_IN_STR)) != 0;
            marks = end;
            class = highest = 0;
            place++;
            continue;
        }
        u64 entry = entry_of(table, next_character(text, &place));
        if (!(entry & ENTRY_KNOWN)) return UNKNOWN;
        if (entry & ENTRY_COMPLEX) return COMPLEX;
        minus = (entry & ENTRY_SPACE) != 0;
        if (entry & ENTRY_MARK && ENTRY_CLASS(entry) < highest) {
            if (ENTRY_CLASS(entry) < class || end - marks > MARKS) return COMPLEX;
            end = put_mark(entry, table, marks, end);
            continue;
        }
        put_entry(entry, end);
        end += ENTRY_SIZE(entry);
        if (!ENTRY_SIZE(entry)) continue;
        highest = ENTRY_CLASS(entry);
        if (!(entry & ENTRY_MARK)) {
            marks = end;
            class = highest;
        }
    }
    *written = end - to;
    return DONE;
}

/* Room in `*scratch` for `size` bytes. Returns whether there was memory. */
static int make_room(u8 **scratch, i64 *room, i64 size)
{
    if (size <= *room) return 1;
    free(*scratch);
    *scratch = malloc((size_t)size);
    *room = *scratch ? size : 0;
    return *scratch != NULL;
}

/* ---- exported ---- */

/* Writes the forms of texts one behind the other. Gives 0, or -1 without memory.
 *
 * offsets: of the texts, and of the end. pages: u16[0x1100]. entries: u64[pages][256]. forms: has GROWTH bytes for each
 * byte of the texts (1 for ASCII), and BLOCK more. ends: of the forms, with 0 before the first. states: of the texts.
 */
EXPORT i64 dataaudit_forms(const u8 *texts, const i64 *offsets, i64 count, const u16 *pages, const u64 *entries,
                           u8 *forms, i64 *ends, u8 *states)
{
    Table table = {pages, entries};
    u8 *scratch = NULL;
    i64 room = 0;
    ends[0] = 0;
    for (i64 i = 0; i < count; i++) {
        const u8 *text = texts + offsets[i];
        i64 size = offsets[i + 1] - offsets[i];
        states[i] = DONE;
        if (!is_ascii(text, size)) {
            if (!make_room(&scratch, &room, GROWTH * size + PADDING)) return -1;
            states[i] = (u8)decode(text, size, table, scratch, &size);
            text = scratch;
        }
        ends[i + 1] = ends[i] + (states[i] == DONE ? write_form(text, size, forms + ends[i]) : 0);
    }
    free(scratch);
    return 0;
}
