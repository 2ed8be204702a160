using System.Text;
using System.Text.RegularExpressions;

namespace Models.Jinja.Rendering.Filters;

internal static partial class TextFilters
{
    public static object? Format(CallContext context, object? value, CallArguments arguments)
    {
        if (arguments.Positional.Count > 0 && arguments.Keyword.Count > 0)
            throw context.ArgumentError("format takes values by position or by name, not both");

        var values = arguments.Keyword.Count > 0 ? (object)new JinjaDict(arguments.Keyword) : new JinjaTuple([.. arguments.Positional]);
        return PercentFormat.Format(context.Renderer, context, context.Print(value), values);
    }

    public static object? Replace(CallContext context, object? value, CallArguments arguments)
    {
        var old = context.Print(Methods.Required(context, arguments, 0, "old", "replace"));
        var with = context.Print(Methods.Required(context, arguments, 1, "new", "replace"));
        return StringMethods.Replace(context, context.Print(value), old, with, Methods.Integer(context, arguments, 2, "count", -1));
    }

    /// <summary>Indents every line but the first; the text keeps its source map.</summary>
    public static object? Indent(CallContext context, object? value, CallArguments arguments)
    {
        var width = arguments.Get(0, "width", 4L);
        var blanks = width as string;
        if (blanks is null)
        {
            var count = Methods.Integer(context, arguments, 0, "width", 4);
            context.Renderer.CheckLength(count, context);
            blanks = new string(' ', (int)Math.Max(0, count));
        }

        var withFirst = context.IsTrue(arguments.Get(1, "first", otherwise: false));
        var withBlank = context.IsTrue(arguments.Get(2, "blank", otherwise: false));
        var text = context.Print(value);
        context.Renderer.TryGetMap(text, out var segments);
        var rendered = new RenderedTemplate(text, new SourceMap(segments ?? []));
        var output = new MappedText();
        var start = 0;
        for (var line = 0; start <= text.Length; line++)
        {
            var newline = text.IndexOf('\n', start);
            var end = newline < 0 ? text.Length : newline + 1;
            var isBlank = newline < 0 ? start == text.Length : newline == start;
            if (line == 0 ? withFirst : withBlank || !isBlank)
                output.AppendMapped(blanks, []);
            context.Renderer.CheckLength(output.Length + end - start, context);
            if (segments is null)
                output.AppendMapped(text[start..end], []);
            else
                AppendSlice(output, rendered, start, end - start);
            if (newline < 0)
                break;
            start = end;
        }

        var result = output.Text();
        if (segments is not null)
            context.Renderer.SetMap(result, output.Segments());
        return result;
    }

    public static object? Title(CallContext context, object? value, CallArguments arguments)
    {
        var text = context.Print(value);
        return string.Concat(WordBreaks().Split(text).Where(w => w.Length > 0).Select(w => char.ToUpperInvariant(w[0]) + w[1..].ToLowerInvariant()));
    }

    public static object? Truncate(CallContext context, object? value, CallArguments arguments)
    {
        var text = context.Print(value);
        var length = Methods.Integer(context, arguments, 0, "length", 255);
        var end = context.Print(arguments.Get(2, "end", "..."));
        var leeway = Methods.Integer(context, arguments, 3, "leeway", 5);
        if (length < end.Length)
            throw context.ValueError($"truncate needs a length of at least {end.Length}, that of its ending");
        if (text.Length <= length + leeway)
            return text;

        var cut = text[..(int)(length - end.Length)];
        if (!context.IsTrue(arguments.Get(1, "killwords", otherwise: false)) && cut.LastIndexOf(' ') is var blank and >= 0)
            cut = cut[..blank];
        return cut + end;
    }

    public static object? WordCount(CallContext context, object? value, CallArguments arguments) =>
        PythonNumber.Box((long)Words().Count(context.Print(value)));

    public static object? WordWrap(CallContext context, object? value, CallArguments arguments)
    {
        var width = (int)Math.Clamp(Methods.Integer(context, arguments, 0, "width", 79), 0, int.MaxValue);
        if (width == 0)
            throw context.ValueError("wordwrap needs a width of at least 1");

        var breaksLong = context.IsTrue(arguments.Get(1, "break_long_words", otherwise: true));
        var newline = arguments.Get(2, "wrapstring") is string text ? text : "\n";
        var breaksHyphens = context.IsTrue(arguments.Get(3, "break_on_hyphens", otherwise: true));
        var lines = Splitting.Lines(context.Print(value), keepEnds: false)
            .Select(line => string.Join(newline, Wrap((string)line!, width, breaksLong, breaksHyphens)));
        return string.Join(newline, lines);
    }

    private static void AppendSlice(MappedText output, RenderedTemplate rendered, int start, int length)
    {
        var slice = rendered.Slice(start, length);
        output.AppendMapped(slice.Text, slice.Map.Segments);
    }

    /// <summary>Wraps a paragraph as Python's <c>textwrap</c> does: whitespace is kept except at the end of a line.</summary>
    private static IEnumerable<string> Wrap(string paragraph, int width, bool breaksLong, bool breaksHyphens)
    {
        var chunks = new Stack<string>(Chunks(paragraph, breaksHyphens).Reverse());
        var isFirst = true;
        while (chunks.Count > 0)
        {
            if (!isFirst && string.IsNullOrWhiteSpace(chunks.Peek()))
                chunks.Pop();

            var line = new StringBuilder();
            while (chunks.Count > 0 && line.Length + chunks.Peek().Length <= width)
                line.Append(chunks.Pop());

            if (chunks.Count > 0 && chunks.Peek().Length > width)
            {
                var room = Math.Max(1, width - line.Length);
                if (breaksLong)
                {
                    var word = chunks.Pop();
                    line.Append(word, 0, room);
                    chunks.Push(word[room..]);
                }
                else if (line.Length == 0)
                {
                    line.Append(chunks.Pop());
                }
            }

            var text = line.ToString();
            var trimmed = text.TrimEnd();
            if (trimmed.Length > 0)
            {
                isFirst = false;
                yield return trimmed;
            }
        }
    }

    private static IEnumerable<string> Chunks(string text, bool breaksHyphens) =>
        (breaksHyphens ? HyphenChunk() : Chunk()).Matches(text).Select(m => m.Value);

    [GeneratedRegex(@"(?<=[-\s({\[<])", RegexOptions.ExplicitCapture)]
    private static partial Regex WordBreaks();

    [GeneratedRegex(@"\w+")]
    private static partial Regex Words();

    [GeneratedRegex(@"\s+|\S+")]
    private static partial Regex Chunk();

    [GeneratedRegex(@"\s+|[^\s\w]*\w+[^0-9\W]-(?=\w+[^0-9\W])|\S+?(?=-{2,}\w)|-{2,}(?=\w)|(?:(?!\w[^0-9\W]-\w)[^\s-]|-(?!\w))+-?|\S")]
    private static partial Regex HyphenChunk();
}
