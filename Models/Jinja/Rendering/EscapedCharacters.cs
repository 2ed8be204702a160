using System.Text;

namespace Models.Jinja.Rendering;

/// <summary>The escapes that quoted strings have in both Python and JSON.</summary>
internal static class EscapedCharacters
{
    /// <summary>Appends the escape of a character; returns false if it needs none.</summary>
    public static bool TryAppend(StringBuilder builder, char character)
    {
        var escape = character switch
        {
            '\\' => "\\\\",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            _ => null,
        };
        if (escape is not null)
            builder.Append(escape);

        return escape is not null;
    }
}
