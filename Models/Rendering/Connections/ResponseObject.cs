using System.Globalization;
using Models.Jinja.Rendering;

namespace Models.Rendering.Connections;

/// <summary>What the server said to a statement: <c>load_result('main').response</c>.</summary>
internal sealed record ResponseObject(string Message, string Code, long RowsAffected) : IJinjaObject
{
    /// <summary>The code is the tag's words without its numbers: <c>INSERT</c> for <c>INSERT 0 3</c>.</summary>
    /// <param name="status">A command tag such as <c>SELECT 3</c>.</param>
    public static ResponseObject FromStatus(string status)
    {
        var parts = status.Split(' ');
        return long.TryParse(parts[^1], CultureInfo.InvariantCulture, out var rows)
            ? new ResponseObject(status, string.Join(' ', parts.Where(part => !part.All(char.IsAsciiDigit))), rows)
            : new ResponseObject(status, status, -1);
    }

    public bool TryGetAttribute(string name, out object? value)
    {
        value = name switch
        {
            "_message" => Message,
            "code" => Code,
            "rows_affected" => RowsAffected,
            _ => null,
        };
        return value is not null;
    }

    public override string ToString() => Message;
}
