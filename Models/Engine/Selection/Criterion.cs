using System.Globalization;
using Models.Database;

namespace Models.Engine.Selection;

/// <summary>One parsed selector: <c>2+tag:nightly+</c>, <c>@dm_cac_per_source</c>.</summary>
/// <param name="Method">For example <c>tag</c> or <c>config.materialized</c>.</param>
/// <param name="Value">The value to compare with.</param>
/// <param name="ParentDepth">The number of generations of parents to include; 0 for none, <see cref="int.MaxValue"/> for all.</param>
/// <param name="ChildDepth">The number of generations of children to include.</param>
/// <param name="ChildrensParents">The <c>@</c> operator: includes all descendants and all their ancestors.</param>
/// <param name="Text">The whole selector, for messages.</param>
internal sealed record Criterion(string Method, string Value, int ParentDepth, int ChildDepth, bool ChildrensParents, string Text)
{
    public static Criterion Parse(string text)
    {
        var rest = text.AsSpan();
        var childrensParents = rest.StartsWith("@");
        if (childrensParents)
            rest = rest[1..];

        var parentDepth = TakeLeadingPlus(ref rest);
        var childDepth = TakeTrailingPlus(ref rest);
        if (childrensParents && childDepth > 0)
            throw new RunException($"The selector '{text}' has both '@' and a '+' at its end; '@' already takes every descendant. Leave one out.");

        var (method, value) = SplitMethod(rest.ToString());
        if (value.Length == 0)
            throw new RunException($"The selector '{text}' names nothing. Write a name, or a method with a value such as 'tag:nightly'.");

        return new Criterion(method, value, parentDepth, childDepth, childrensParents, text);
    }

    private static int TakeLeadingPlus(ref ReadOnlySpan<char> text)
    {
        var digits = 0;
        while (digits < text.Length && char.IsAsciiDigit(text[digits]))
            digits++;

        if (digits == text.Length || text[digits] != '+')
            return 0;

        var depth = digits == 0 ? int.MaxValue : int.Parse(text[..digits], CultureInfo.InvariantCulture);
        text = text[(digits + 1)..];
        return depth;
    }

    private static int TakeTrailingPlus(ref ReadOnlySpan<char> text)
    {
        var start = text.Length;
        while (start > 0 && char.IsAsciiDigit(text[start - 1]))
            start--;

        if (start == 0 || text[start - 1] != '+')
            return 0;

        var depth = start == text.Length ? int.MaxValue : int.Parse(text[start..], CultureInfo.InvariantCulture);
        text = text[..(start - 1)];
        return depth;
    }

    private static (string Method, string Value) SplitMethod(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && text[..colon].All(c => char.IsLetterOrDigit(c) || c is '_' or '.'))
            return (text[..colon], text[(colon + 1)..]);

        return (DefaultMethod(text), text);
    }

    private static string DefaultMethod(string value)
    {
        if (value.Contains('/', StringComparison.Ordinal) || value.Contains('\\', StringComparison.Ordinal))
            return "path";

        return Path.GetExtension(value) is ".sql" or ".csv" or ".yml" or ".yaml" or ".py" ? "file" : "fqn";
    }
}
