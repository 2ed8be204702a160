using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Serving.Scoring.Features;

namespace Serving.Features;

/// <summary>The key of one entity: the values of its columns as text, in the order declared.</summary>
public sealed record EntityKey(IReadOnlyList<string> Values)
{
    /// <summary>
    /// The number that the splits are drawn from, the same for ever: a whole number is its own; of anything else it is the first eight bytes of
    /// the SHA-256 of its text.
    /// </summary>
    public long Number
    {
        get
        {
            if (Values is [var only] && long.TryParse(only, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
                return number;

            // the lengths keep neighbouring values apart
            var text = string.Concat(Values.Select(value => string.Create(CultureInfo.InvariantCulture, $"{value.Length}:{value}")));
            return BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        }
    }

    public bool Equals(EntityKey? other) => other is not null && Values.SequenceEqual(other.Values);

    public override int GetHashCode() => Values.Aggregate(0, (hash, value) => HashCode.Combine(hash, value.GetHashCode(StringComparison.Ordinal)));

    /// <summary>One line for people and logs.</summary>
    public override string ToString() => string.Join('/', Values);

    /// <summary>The text that a value has in the database where it can be one of the column's type; null where it cannot.</summary>
    public static string? Canonical(DeclaredColumn column, string value) => column.Type switch
    {
        "smallint" => short.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? Text(number) : null,
        "integer" => int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? Text(number) : null,
        "bigint" => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? Text(number) : null,
        "uuid" => Guid.TryParse(value, out var id) ? id.ToString() : null,
        "date" => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? $"{day:yyyy-MM-dd}" : null,
        // PostgreSQL has no text with a zero character or half of a surrogate pair
        _ => value.Contains('\0') || !IsText(value) ? null : value,
    };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static bool IsText(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (!char.IsSurrogate(value[i]))
                continue;
            if (!char.IsHighSurrogate(value[i]) || i + 1 == value.Length || !char.IsLowSurrogate(value[i + 1]))
                return false;
            i++;
        }

        return true;
    }
}
