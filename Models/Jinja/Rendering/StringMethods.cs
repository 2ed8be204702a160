using System.Collections.Frozen;
using System.Text;

namespace Models.Jinja.Rendering;

internal static class StringMethods
{
    public static FrozenDictionary<string, Method> Table { get; } = Methods.ToTable(new()
    {
        ["upper"] = (_, self, _) => ((string)self).ToUpperInvariant(),
        ["lower"] = (_, self, _) => ((string)self).ToLowerInvariant(),
        ["casefold"] = (_, self, _) => ((string)self).ToLowerInvariant().Replace("ß", "ss"),
        ["capitalize"] = (_, self, _) => Capitalize((string)self),
        ["title"] = (_, self, _) => Title((string)self),
        ["swapcase"] = (_, self, _) => string.Concat(((string)self).Select(c => char.IsUpper(c) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c))),
        ["strip"] = (context, self, arguments) => Strip(context, (string)self, arguments, atStart: true, atEnd: true),
        ["lstrip"] = (context, self, arguments) => Strip(context, (string)self, arguments, atStart: true, atEnd: false),
        ["rstrip"] = (context, self, arguments) => Strip(context, (string)self, arguments, atStart: false, atEnd: true),
        ["replace"] = Replace,
        ["split"] = (context, self, arguments) => Splitting.Split(context, (string)self, arguments),
        ["rsplit"] = (context, self, arguments) => Splitting.SplitFromEnd(context, (string)self, arguments),
        ["splitlines"] = (context, self, arguments) =>
            new JinjaList(Splitting.Lines((string)self, context.IsTrue(arguments.Get(0, "keepends", otherwise: false)))),
        ["partition"] = (context, self, arguments) => Partition(context, (string)self, arguments, fromEnd: false),
        ["rpartition"] = (context, self, arguments) => Partition(context, (string)self, arguments, fromEnd: true),
        ["join"] = Join,
        ["startswith"] = (context, self, arguments) => Affix(context, (string)self, arguments, "startswith", (text, part) => text.StartsWith(part)),
        ["endswith"] = (context, self, arguments) => Affix(context, (string)self, arguments, "endswith", (text, part) => text.EndsWith(part)),
        ["removeprefix"] = (context, self, arguments) =>
            Methods.RequiredText(context, arguments, 0, "prefix", "removeprefix") is var prefix && ((string)self).StartsWith(prefix, StringComparison.Ordinal)
                ? ((string)self)[prefix.Length..]
                : self,
        ["removesuffix"] = (context, self, arguments) =>
            Methods.RequiredText(context, arguments, 0, "suffix", "removesuffix") is var suffix && ((string)self).EndsWith(suffix, StringComparison.Ordinal)
                ? ((string)self)[..^suffix.Length]
                : self,
        ["find"] = (context, self, arguments) => Find(context, (string)self, arguments, fromEnd: false, "find"),
        ["rfind"] = (context, self, arguments) => Find(context, (string)self, arguments, fromEnd: true, "rfind"),
        ["index"] = (context, self, arguments) => Index(context, (string)self, arguments, fromEnd: false, "index"),
        ["rindex"] = (context, self, arguments) => Index(context, (string)self, arguments, fromEnd: true, "rindex"),
        ["count"] = Count,
        ["center"] = (context, self, arguments) => Pad(context, (string)self, arguments, "center"),
        ["ljust"] = (context, self, arguments) => Pad(context, (string)self, arguments, "ljust"),
        ["rjust"] = (context, self, arguments) => Pad(context, (string)self, arguments, "rjust"),
        ["zfill"] = ZeroFill,
        ["expandtabs"] = ExpandTabs,
        ["format"] = (context, self, arguments) => TextFormat.Format(context, (string)self, arguments),
        ["format_map"] = (context, self, arguments) => TextFormat.Format(
            context, (string)self, new CallArguments([], [.. Named(context, Methods.Required(context, arguments, 0, "mapping", "format_map"))])),
        ["isalpha"] = (_, self, _) => All((string)self, char.IsLetter),
        ["isdigit"] = (_, self, _) => All((string)self, char.IsDigit),
        ["isdecimal"] = (_, self, _) => All((string)self, char.IsDigit),
        ["isnumeric"] = (_, self, _) => All((string)self, char.IsNumber),
        ["isalnum"] = (_, self, _) => All((string)self, char.IsLetterOrDigit),
        ["isspace"] = (_, self, _) => All((string)self, char.IsWhiteSpace),
        ["isascii"] = (_, self, _) => PythonNumber.Box(Ascii.IsValid((string)self)),
        ["isprintable"] = (_, self, _) => PythonNumber.Box(!((string)self).Any(char.IsControl)),
        ["isupper"] = (_, self, _) => PythonNumber.Box(((string)self).Any(char.IsUpper) && !((string)self).Any(char.IsLower)),
        ["islower"] = (_, self, _) => PythonNumber.Box(((string)self).Any(char.IsLower) && !((string)self).Any(char.IsUpper)),
        ["istitle"] = (_, self, _) => PythonNumber.Box(((string)self).Any(char.IsLetter) && Title((string)self) == (string)self),
        ["isidentifier"] = (_, self, _) => PythonNumber.Box(
            ((string)self).Length > 0 && !char.IsDigit(((string)self)[0]) && ((string)self).All(c => c == '_' || char.IsLetterOrDigit(c))),
    });

    public static string Capitalize(string text) =>
        text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..].ToLowerInvariant();

    /// <summary>Capitalizes every word, that is, every run of letters.</summary>
    public static string Title(string text)
    {
        var builder = new StringBuilder(text.Length);
        var inWord = false;
        foreach (var c in text)
        {
            builder.Append(inWord ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c));
            inWord = char.IsLetter(c);
        }

        return builder.ToString();
    }

    /// <summary>Strips whitespace or the given characters; the rest keeps its source map.</summary>
    public static string Strip(CallContext context, string text, CallArguments arguments, bool atStart, bool atEnd)
    {
        var characters = arguments.Get(0, "chars") as string;
        bool IsTaken(char c) => characters is null ? char.IsWhiteSpace(c) : characters.Contains(c);
        int start = 0, end = text.Length;
        while (atStart && start < end && IsTaken(text[start]))
            start++;
        while (atEnd && end > start && IsTaken(text[end - 1]))
            end--;
        return start == 0 && end == text.Length ? text : context.Renderer.KeepMap(text, text[start..end], start);
    }

    public static string Center(CallContext context, string text, long width, char fill = ' ')
    {
        context.Renderer.CheckLength(width, context);
        var missing = (int)Math.Max(0, width - text.Length);
        var left = (missing / 2) + (missing & (int)width & 1);
        return new string(fill, left) + text + new string(fill, missing - left);
    }

    private static object All(string text, Func<char, bool> test) => PythonNumber.Box(text.Length > 0 && text.All(test));

    private static object Replace(CallContext context, object self, CallArguments arguments)
    {
        var old = Methods.RequiredText(context, arguments, 0, "old", "replace");
        var with = Methods.RequiredText(context, arguments, 1, "new", "replace");
        return Replace(context, (string)self, old, with, Methods.Integer(context, arguments, 2, "count", -1));
    }

    public static string Replace(CallContext context, string text, string old, string with, long count)
    {
        if (count < 0 && old.Length > 0)
        {
            if (!text.Contains(old, StringComparison.Ordinal))
                return text;
            if (with.Length > old.Length)
                context.Renderer.CheckLength(text.Length + (text.Length / (long)old.Length * (with.Length - old.Length)), context);
            return text.Replace(old, with);
        }

        var builder = new StringBuilder();
        var at = 0;
        for (var done = 0; count < 0 || done < count; done++)
        {
            var found = old.Length == 0 ? (done == 0 ? 0 : at + 1) : text.IndexOf(old, at, StringComparison.Ordinal);
            if (found < 0 || found > text.Length)
                break;
            builder.Append(text, at, found - at).Append(with);
            at = found + old.Length;
            context.Renderer.CheckLength(builder.Length, context);
        }

        return builder.Append(text, at, text.Length - at).ToString();
    }

    private static JinjaTuple Partition(CallContext context, string text, CallArguments arguments, bool fromEnd)
    {
        var separator = Methods.RequiredText(context, arguments, 0, "sep", "partition");
        if (separator.Length == 0)
            throw context.ValueError("partition() needs a separator that is not empty");

        var at = fromEnd ? text.LastIndexOf(separator, StringComparison.Ordinal) : text.IndexOf(separator, StringComparison.Ordinal);
        if (at >= 0)
            return new JinjaTuple(text[..at], separator, text[(at + separator.Length)..]);
        return fromEnd ? new JinjaTuple("", "", text) : new JinjaTuple(text, "", "");
    }

    private static object Join(CallContext context, object self, CallArguments arguments)
    {
        var texts = new List<string>();
        long length = 0;
        foreach (var item in context.Iterate(Methods.Required(context, arguments, 0, "iterable", "join")))
        {
            if (item is not string text)
                throw context.TypeError($"join() takes texts, not {Operators.Describe(item)}: use the filter 'join' for others");
            texts.Add(text);
            length += text.Length + ((string)self).Length;
            context.Renderer.CheckLength(length, context);
        }

        return string.Join((string)self, texts);
    }

    private delegate bool AffixTest(ReadOnlySpan<char> text, ReadOnlySpan<char> part);

    private static object Affix(CallContext context, string text, CallArguments arguments, string method, AffixTest test)
    {
        var (start, end) = Bounds(context, text, arguments);
        var affix = Methods.Required(context, arguments, 0, "prefix", method);
        var parts = affix is JinjaTuple tuple ? tuple.Items : [affix];
        foreach (var part in parts)
        {
            if (part is not string value)
                throw context.TypeError($"{method}() takes a text or a tuple of texts, not {Operators.Describe(part)}");
            if (start <= end && test(text.AsSpan(start, end - start), value))
                return PythonNumber.True;
        }

        return PythonNumber.False;
    }

    private static (int Start, int End) Bounds(CallContext context, string text, CallArguments arguments)
    {
        var start = Methods.Integer(context, arguments, 1, "start", 0);
        var end = Methods.Integer(context, arguments, 2, "end", text.Length);
        start = start < 0 ? Math.Max(0, start + text.Length) : start;
        end = end < 0 ? Math.Max(0, end + text.Length) : Math.Min(end, text.Length);
        return ((int)Math.Min(start, text.Length + 1L), (int)end);
    }

    private static object Find(CallContext context, string text, CallArguments arguments, bool fromEnd, string method)
    {
        var part = Methods.RequiredText(context, arguments, 0, "sub", method);
        var (start, end) = Bounds(context, text, arguments);
        if (start > end)
            return PythonNumber.Box(-1L);

        var span = text.AsSpan(start, end - start);
        var at = fromEnd ? span.LastIndexOf(part) : span.IndexOf(part);
        return PythonNumber.Box(at < 0 ? -1L : at + start);
    }

    private static object Index(CallContext context, string text, CallArguments arguments, bool fromEnd, string method) =>
        Find(context, text, arguments, fromEnd, method) is long and >= 0 and var found
            ? found
            : throw context.ValueError($"{Operators.Describe(arguments.Get(0, "sub"))} is not in the text");

    private static object Count(CallContext context, object self, CallArguments arguments)
    {
        var text = (string)self;
        var part = Methods.RequiredText(context, arguments, 0, "sub", "count");
        var (start, end) = Bounds(context, text, arguments);
        if (start > end)
            return PythonNumber.Box(0L);
        return PythonNumber.Box(part.Length == 0 ? end - start + 1L : text.AsSpan(start, end - start).Count(part));
    }

    private static object Pad(CallContext context, string text, CallArguments arguments, string method)
    {
        var width = Methods.Integer(context, arguments, 0, "width", 0);
        var fill = arguments.Get(1, "fillchar") is string { Length: 1 } character ? character[0] : ' ';
        context.Renderer.CheckLength(width, context);
        return method switch
        {
            "center" => Center(context, text, width, fill),
            "ljust" => text.PadRight((int)Math.Max(0, width), fill),
            _ => text.PadLeft((int)Math.Max(0, width), fill),
        };
    }

    private static object ZeroFill(CallContext context, object self, CallArguments arguments)
    {
        var text = (string)self;
        var width = Methods.Integer(context, arguments, 0, "width", 0);
        context.Renderer.CheckLength(width, context);
        var sign = text.Length > 0 && text[0] is '-' or '+' ? 1 : 0;
        return text[..sign] + text[sign..].PadLeft((int)Math.Max(0, width - sign), '0');
    }

    private static object ExpandTabs(CallContext context, object self, CallArguments arguments)
    {
        var size = Methods.Integer(context, arguments, 0, "tabsize", 8);
        var builder = new StringBuilder();
        long column = 0;
        foreach (var c in (string)self)
        {
            var blanks = c == '\t' ? (size > 0 ? size - (column % size) : 0) : 1;
            context.Renderer.CheckLength(builder.Length + blanks, context);
            builder.Append(c == '\t' ? ' ' : c, (int)blanks);
            column = c is '\n' or '\r' ? 0 : column + blanks;
        }

        return builder.ToString();
    }

    private static IEnumerable<KeyValuePair<string, object?>> Named(CallContext context, object? mapping) => mapping is JinjaDict dict
        ? dict.Select(entry => new KeyValuePair<string, object?>(PythonText.Str(entry.Key), entry.Value))
        : throw context.TypeError($"format_map() takes a dict, not {Operators.Describe(mapping)}");
}
