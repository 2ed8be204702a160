using System.Globalization;
using System.Text;

namespace Models.Compiler.CodeGeneration;

/// <summary>
/// Converts SQL names to C# names: <c>marketing_source</c> becomes <c>MarketingSource</c>. A name depends only on its own spelling, so that it stays
/// the same when other columns change; only if two names collide do the later ones get a number.
/// </summary>
internal static class CSharpNames
{
    /// <summary>Letters and digits in Pascal case; never empty, and never starting with a digit.</summary>
    public static string Pascal(string name)
    {
        var text = new StringBuilder(name.Length);
        var atWordStart = true;
        foreach (var rune in name.Normalize(NormalizationForm.FormC))
        {
            if (!char.IsLetterOrDigit(rune))
            {
                atWordStart = true;
                continue;
            }

            text.Append(atWordStart ? char.ToUpperInvariant(rune) : rune);
            atWordStart = char.IsDigit(rune);
        }

        if (text.Length == 0)
            return "Unnamed";

        return char.IsLetter(text[0]) ? text.ToString() : text.Insert(0, '_').ToString();
    }

    /// <summary>Distinct Pascal case names that differ from <paramref name="taken"/>.</summary>
    public static IReadOnlyList<string> Unique(IEnumerable<string> names, IEnumerable<string> taken)
    {
        var used = new HashSet<string>(taken, StringComparer.Ordinal);
        var result = new List<string>();
        foreach (var name in names)
        {
            var candidate = Pascal(name);
            for (var number = 2; !used.Add(candidate); number++)
                candidate = $"{Pascal(name)}{number.ToString(CultureInfo.InvariantCulture)}";

            result.Add(candidate);
        }

        return result;
    }

    /// <summary>A parameter's name: the property's name in camel case, escaped because it may be a C# keyword.</summary>
    public static string Parameter(string property) => $"@{char.ToLowerInvariant(property[0])}{property[1..]}";

    public static string Literal(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => literal.Append("\\\""),
                '\\' => literal.Append("\\\\"),
                '\n' => literal.Append("\\n"),
                '\r' => literal.Append("\\r"),
                '\t' => literal.Append("\\t"),
                _ when char.IsControl(c) || c is '\u2028' or '\u2029' or '\u0085' => literal.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => literal.Append(c),
            };
        }

        return literal.Append('"').ToString();
    }
}
