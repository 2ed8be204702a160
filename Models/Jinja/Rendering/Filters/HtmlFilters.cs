using System.Text;
using System.Text.RegularExpressions;

namespace Models.Jinja.Rendering.Filters;

/// <summary>Filters for HTML. SQL templates rarely need them, but a package may use them.</summary>
internal static partial class HtmlFilters
{
    /// <summary>Escapes a string; text that is marked as HTML is not escaped again.</summary>
    public static object? Escape(CallContext context, object? value, CallArguments arguments) =>
        value is string text && context.Renderer.IsMarkup(text) ? text : ForceEscape(context, value, arguments);

    public static object? ForceEscape(CallContext context, object? value, CallArguments arguments) =>
        context.Renderer.MarkSafe(Escape(context.Print(value)));

    public static object? Safe(CallContext context, object? value, CallArguments arguments) =>
        value is string text && context.Renderer.IsMarkup(text) ? text : context.Renderer.MarkSafe(context.Print(value));

    public static object? StripTags(CallContext context, object? value, CallArguments arguments)
    {
        var text = Tag().Replace(Comment().Replace(context.Print(value), ""), "");
        text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return System.Net.WebUtility.HtmlDecode(text);
    }

    public static object? UrlEncode(CallContext context, object? value, CallArguments arguments)
    {
        if (value is not (JinjaDict or IEnumerable<object?>))
            return Quote(context.Print(value), keepsSlash: true);

        var pairs = value is JinjaDict dict
            ? dict.Select(entry => (entry.Key, entry.Value))
            : context.Iterate(value).Select(item => Operators.ToArray(context.Renderer, context, item) is [var key, var second]
                ? (key, second)
                : throw context.ValueError("urlencode takes a text, a dict or pairs"));
        return string.Join('&', pairs.Select(p =>
            $"{Quote(context.Print(p.Item1), keepsSlash: false).Replace("%20", "+")}={Quote(context.Print(p.Item2), keepsSlash: false).Replace("%20", "+")}"));
    }

    public static object? XmlAttributes(CallContext context, object? value, CallArguments arguments)
    {
        if (value is not JinjaDict dict)
            throw context.TypeError($"xmlattr takes a dict, not {Operators.Describe(value)}");

        var attributes = new List<string>();
        foreach (var (key, item) in dict)
        {
            if (item is null or Undefined)
                continue;
            var name = context.Print(key);
            if (name.AsSpan().IndexOfAny(" \t\n\r\f/>=") >= 0)
                throw context.ValueError($"'{name}' is not the name of an attribute");
            attributes.Add($"{Escape(name)}=\"{Escape(context.Print(item))}\"");
        }

        var text = string.Join(' ', attributes);
        return text.Length > 0 && context.IsTrue(arguments.Get(0, "autospace", otherwise: true)) ? " " + text : text;
    }

    /// <summary>Turns addresses in a text into links.</summary>
    public static object? Urlize(CallContext context, object? value, CallArguments arguments)
    {
        var limit = Methods.Integer(context, arguments, 0, "trim_url_limit", int.MaxValue);
        var relations = new List<string>();
        if (arguments.Get(3, "rel") is string rel)
            relations.AddRange(rel.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        if (context.IsTrue(arguments.Get(1, "nofollow", otherwise: false)))
            relations.Add("nofollow");
        relations.Add("noopener");
        relations.Sort(StringComparer.Ordinal);
        var attributes = $" rel=\"{Escape(string.Join(' ', relations.Distinct()))}\"";
        if (arguments.Get(2, "target") is string target)
            attributes += $" target=\"{Escape(target)}\"";

        var schemes = arguments.Get(4, "extra_schemes") is IEnumerable<object?> further ? further.Select(PythonText.Str).ToList() : [];
        if (schemes.Find(s => !Scheme().IsMatch(s)) is { } wrong)
            throw context.ArgumentError($"{PythonText.Repr(wrong)} is not a valid URI scheme prefix");

        string Shown(string url) => url.Length > limit ? url[..(int)Math.Max(0, limit)] + "..." : url;
        var words = Blanks().Split(Escape(context.Print(value)));
        for (var i = 0; i < words.Length; i++)
        {
            var match = Address().Match(words[i]);
            if (!match.Success)
                continue;

            var (head, url, tail) = (match.Groups["head"].Value, match.Groups["url"].Value, match.Groups["tail"].Value);
            if (Mail().IsMatch(url))
                words[i] = $"{head}<a href=\"mailto:{url.Replace("mailto:", "")}\">{url.Replace("mailto:", "")}</a>{tail}";
            else if (url.StartsWith("http://", StringComparison.Ordinal) || url.StartsWith("https://", StringComparison.Ordinal))
                words[i] = $"{head}<a href=\"{url}\"{attributes}>{Shown(url)}</a>{tail}";
            else if (schemes.Any(scheme => url != scheme && url.StartsWith(scheme, StringComparison.Ordinal)))
                words[i] = $"{head}<a href=\"{url}\"{attributes}>{url}</a>{tail}";
            else if (Bare().IsMatch(url))
                words[i] = $"{head}<a href=\"https://{url}\"{attributes}>{Shown(url)}</a>{tail}";
        }

        return string.Concat(words);
    }

    public static string Escape(string text) => text
        .Replace("&", "&amp;")
        .Replace(">", "&gt;")
        .Replace("<", "&lt;")
        .Replace("'", "&#39;")
        .Replace("\"", "&#34;");

    private static string Quote(string text, bool keepsSlash)
    {
        var builder = new StringBuilder();
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)'_' or (byte)'.' or (byte)'-' or (byte)'~' || (b == '/' && keepsSlash))
                builder.Append((char)b);
            else
                builder.Append('%').Append(b.ToString("X2"));
        }

        return builder.ToString();
    }

    [GeneratedRegex(@"^[\w.+-]{2,}:/{0,2}$")]
    private static partial Regex Scheme();

    [GeneratedRegex("<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex("<.*?>", RegexOptions.Singleline)]
    private static partial Regex Tag();

    [GeneratedRegex(@"(\s+)")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"^(?<head>(?:[(<]|&lt;)*)(?<url>.*?)(?<tail>(?:[)>.,]|\n|&gt;)*)$", RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Address();

    [GeneratedRegex(@"^(mailto:)?[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$", RegexOptions.ExplicitCapture)]
    private static partial Regex Mail();

    [GeneratedRegex(@"^(www\.|([A-Za-z0-9-]+\.)+(com|net|int|edu|gov|org|info|mil)(?![A-Za-z]))", RegexOptions.ExplicitCapture)]
    private static partial Regex Bare();
}
