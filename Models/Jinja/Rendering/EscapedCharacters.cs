using System.Text;

namespace Models.Jinja.Rendering;

/// <summary>The escapes that text in quotes has in Python and in JSON alike.</summary>
internal static class EscapedCharacters
{
    /// <summary>True where the character was written escaped.</summary>
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
