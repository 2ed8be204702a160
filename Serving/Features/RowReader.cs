using System.Globalization;
using Npgsql;
using Serving.Scoring.Features;

namespace Serving.Features;

/// <summary>
/// Turns a row into values, each column read as the type it was declared with: a column that changed its type since is an
/// <see cref="InvalidCastException"/> and not another number. A number that is not finite counts as missing.
/// </summary>
internal sealed class RowReader
{
    private readonly Func<NpgsqlDataReader, int, string>[] _keys;
    private readonly Func<NpgsqlDataReader, int, double>[] _numbers;
    private readonly Func<NpgsqlDataReader, int, string>[] _categories;
    private readonly Func<NpgsqlDataReader, int, bool> _label;
    private readonly int _labelPlace;
    private readonly int? _decisionPlace;
    private readonly int? _outcomePlace;
    private readonly int? _featureTimePlace;

    public RowReader(PredictionDeclaration declaration)
    {
        var numbers = declaration.Features.Where(feature => feature.Kind is FeatureKind.Number).ToArray();
        var categories = declaration.Features.Where(feature => feature.Kind is not FeatureKind.Number).ToArray();
        _keys = [.. declaration.Entity.Select(column => Text(column.Type))];
        _numbers = [.. numbers.Select(feature => Number(feature.Type))];
        _categories = [.. categories.Select(feature => Text(feature.Type))];
        _label = Label(declaration);

        var columns = new List<DeclaredColumn>();
        columns.AddRange(declaration.Entity);
        columns.AddRange(numbers.Select(feature => new DeclaredColumn(feature.Name, feature.Type)));
        columns.AddRange(categories.Select(feature => new DeclaredColumn(feature.Name, feature.Type)));
        _labelPlace = Add(columns, declaration.Label)!.Value;
        _decisionPlace = Add(columns, declaration.DecisionTime);
        _outcomePlace = Add(columns, declaration.OutcomeTime);
        _featureTimePlace = Add(columns, declaration.FeatureTime);
        Columns = columns;
    }

    /// <summary>The columns in the order in which <see cref="Read"/> expects them.</summary>
    public IReadOnlyList<DeclaredColumn> Columns { get; }

    public FeatureRow Read(NpgsqlDataReader reader)
    {
        var place = 0;
        var keys = new string[_keys.Length];
        for (var i = 0; i < keys.Length; i++, place++)
            keys[i] = _keys[i](reader, place);

        var numbers = new double[_numbers.Length];
        for (var i = 0; i < numbers.Length; i++, place++)
        {
            var number = reader.IsDBNull(place) ? double.NaN : _numbers[i](reader, place);
            numbers[i] = double.IsFinite(number) ? number : double.NaN;
        }

        var categories = new string?[_categories.Length];
        for (var i = 0; i < categories.Length; i++, place++)
            categories[i] = reader.IsDBNull(place) ? null : _categories[i](reader, place);

        return new FeatureRow(
            new EntityKey(keys),
            new FeatureVector(numbers, categories, Time(reader, _decisionPlace)),
            reader.IsDBNull(_labelPlace) ? null : _label(reader, _labelPlace),
            Time(reader, _outcomePlace),
            Time(reader, _featureTimePlace));
    }

    private static int? Add(List<DeclaredColumn> columns, DeclaredColumn? column)
    {
        if (column is null)
            return null;
        columns.Add(column);
        return columns.Count - 1;
    }

    private static DateTime? Time(NpgsqlDataReader reader, int? place) =>
        place is not { } at || reader.IsDBNull(at) ? null : DateTime.SpecifyKind(reader.GetDateTime(at), DateTimeKind.Unspecified);

    private static Func<NpgsqlDataReader, int, double> Number(string type) => type switch
    {
        "smallint" or "integer" or "bigint" => static (reader, place) => reader.GetInt64(place),
        "real" => static (reader, place) => reader.GetFloat(place),
        _ => static (reader, place) => reader.GetDouble(place),
    };

    private static Func<NpgsqlDataReader, int, string> Text(string type) => type switch
    {
        "smallint" or "integer" or "bigint" => static (reader, place) => reader.GetInt64(place).ToString(CultureInfo.InvariantCulture),
        "boolean" => static (reader, place) => reader.GetBoolean(place) ? "true" : "false",
        "uuid" => static (reader, place) => reader.GetGuid(place).ToString(),
        "date" => static (reader, place) => reader.GetFieldValue<DateOnly>(place).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => static (reader, place) => reader.GetString(place),
    };

    private static Func<NpgsqlDataReader, int, bool> Label(PredictionDeclaration declaration)
    {
        var type = declaration.Label.Type;
        if (declaration.Positive.Count > 0)
        {
            var text = type is "numeric" or "real" or "double precision"
                ? (reader, place) => Number(type)(reader, place).ToString(CultureInfo.InvariantCulture)
                : Text(type);
            return (reader, place) => declaration.Positive.Contains(text(reader, place));
        }

        if (type == "boolean")
            return static (reader, place) => reader.GetBoolean(place);
        var number = Number(type);
        return (reader, place) => number(reader, place) switch
        {
            0 => false,
            1 => true,
            var other => throw new InvalidCastException(
                FormattableString.Invariant($"Column '{declaration.Label.Name}' holds {other}, but a label is 0 or 1.")),
        };
    }
}
