using System.Text.Json;
using Serving.Features;
using Serving.Scoring.Features;

namespace Serving.Api.Served;

/// <summary>Reads the requests of one prediction; every mistake is a <see cref="BadHttpRequestException"/> that names the member.</summary>
internal sealed class PredictRequestReader(ServedPrediction served)
{
    public const int MostReasons = 20;
    public const int MostKeys = 1000;

    private const int MostShown = 40;
    private const string ReasonsMember = "reasons";
    private const string FeaturesMember = "features";

    private readonly PredictionDeclaration _declaration = served.Declaration;
    private readonly string[] _key = [.. served.Declaration.Entity.Select(column => column.Name)];

    /// <summary>A request as it should be, for messages.</summary>
    public string Expected { get; } = $"{{{EntityJson.Example(served.Declaration)}}}";

    public PredictRequest Read(JsonElement body)
    {
        try
        {
            return ReadMembers(body);
        }
        catch (InvalidOperationException exception)
        {
            throw JsonBody.Malformed("the body holds a name with half of a surrogate pair, which is no text", Expected, exception);
        }
    }

    private PredictRequest ReadMembers(JsonElement body)
    {
        if (body.ValueKind is not JsonValueKind.Object)
            throw Malformed("the body is not an object");

        var given = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        string? unknown = null;
        foreach (var member in body.EnumerateObject())
        {
            if (!_key.Contains(member.Name) && member.Name != served.KeysMember && member.Name is not (ReasonsMember or FeaturesMember))
                unknown ??= member.Name;
            else if (!given.TryAdd(member.Name, member.Value))
                throw Malformed($"'{member.Name}' is given twice");
        }

        var hasKeys = given.TryGetValue(served.KeysMember, out var keys);
        var hasFeatures = given.TryGetValue(FeaturesMember, out var features);
        var missing = hasKeys || hasFeatures ? null : Array.Find(_key, name => !given.ContainsKey(name));
        if (missing is not null)
            throw Malformed($"'{missing}' is missing{(unknown is null ? "" : $", and '{Shown(unknown)}' is unknown")}");
        if (unknown is not null)
            throw Malformed($"'{Shown(unknown)}' is unknown");
        if ((hasKeys ? 1 : 0) + (hasFeatures ? 1 : 0) + (_key.Any(given.ContainsKey) ? 1 : 0) > 1)
            throw Malformed($"'{_key[0]}', '{served.KeysMember}' and '{FeaturesMember}' are given together, of which one can be meant");

        int? reasons = given.TryGetValue(ReasonsMember, out var count) ? ReasonsOf(count) : null;
        return hasFeatures ? new PredictRequest([], IsMany: false, FeaturesOf(features), reasons)
            : hasKeys ? new PredictRequest(KeysOf(keys), IsMany: true, null, reasons)
            : new PredictRequest([KeyOf(name => given[name])], IsMany: false, null, reasons);
    }

    private EntityKey[] KeysOf(JsonElement list)
    {
        if (list.ValueKind is not JsonValueKind.Array)
            throw Malformed($"'{served.KeysMember}' is {Shown(list.GetRawText())}, not a list");
        if (list.GetArrayLength() > MostKeys)
            throw Malformed($"'{served.KeysMember}' has {list.GetArrayLength()} items; at most {MostKeys} can be asked for at once");
        return [.. list.EnumerateArray().Select(item => served.HasCompositeKey ? KeyOfObject(item) : KeyOf(_ => item))];
    }

    private EntityKey KeyOfObject(JsonElement item)
    {
        if (item.ValueKind is not JsonValueKind.Object)
            throw Malformed($"'{served.KeysMember}' holds {Shown(item.GetRawText())}, not an object");
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in item.EnumerateObject())
        {
            if (!_key.Contains(member.Name))
                throw Malformed($"'{Shown(member.Name)}' in '{served.KeysMember}' is unknown");
            if (!members.TryAdd(member.Name, member.Value))
                throw Malformed($"'{member.Name}' in '{served.KeysMember}' is given twice");
        }

        return KeyOf(name => members.TryGetValue(name, out var value) ? value : throw Malformed($"'{name}' in '{served.KeysMember}' is missing"));
    }

    private EntityKey KeyOf(Func<string, JsonElement> member) => new([.. _declaration.Entity.Select(column =>
    {
        var value = member(column.Name);
        return EntityJson.Read(column, value) ?? throw Malformed($"'{column.Name}' is {Shown(value.GetRawText())}, not {EntityJson.KindOf(column)}");
    })]);

    private FeatureVector FeaturesOf(JsonElement given)
    {
        if (given.ValueKind is not JsonValueKind.Object)
            throw Malformed($"'{FeaturesMember}' is {Shown(given.GetRawText())}, not an object");
        var schema = _declaration.FeatureSchema;
        var numbers = new double[schema.Numbers.Count];
        Array.Fill(numbers, double.NaN);
        var categories = new string?[schema.Categories.Count];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in given.EnumerateObject())
        {
            var feature = _declaration.Features.FirstOrDefault(feature => feature.Name == member.Name)
                ?? throw Malformed($"'{Shown(member.Name)}' in '{FeaturesMember}' is no feature of {_declaration.Name}");
            if (!seen.Add(member.Name))
                throw Malformed($"'{member.Name}' is given twice");
            if (member.Value.ValueKind is JsonValueKind.Null)
                continue;
            if (feature.Kind is FeatureKind.Number)
                numbers[Place(schema.Numbers, feature.Name)] = NumberOf(feature, member.Value);
            else
                categories[Place(schema.Categories, feature.Name)] = CategoryOf(feature, member.Value);
        }

        return new FeatureVector(numbers, categories);
    }

    private double NumberOf(DeclaredFeature feature, JsonElement value) =>
        value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number)
            ? number
            : throw Malformed($"'{feature.Name}' is {Shown(value.GetRawText())}, not a number");

    private string CategoryOf(DeclaredFeature feature, JsonElement value) => (feature.Kind, value.ValueKind) switch
    {
        (FeatureKind.Boolean, JsonValueKind.True) => "true",
        (FeatureKind.Boolean, JsonValueKind.False) => "false",
        (FeatureKind.Boolean, _) => throw Malformed($"'{feature.Name}' is {Shown(value.GetRawText())}, not true or false"),
        (_, JsonValueKind.String) => value.GetString()!,
        (_, JsonValueKind.Number) when feature.Type is "smallint" or "integer" or "bigint" && value.TryGetInt64(out _) => value.GetRawText(),
        (_, JsonValueKind.True or JsonValueKind.False) when feature.Type is "boolean" => value.GetRawText(),
        _ => throw Malformed($"'{feature.Name}' is {Shown(value.GetRawText())}, not a text"),
    };

    private static int Place(IReadOnlyList<string> names, string name)
    {
        var place = 0;
        while (names[place] != name)
            place++;
        return place;
    }

    private int? ReasonsOf(JsonElement given) => given switch
    {
        { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.Number } when given.TryGetInt32(out var count) && count is >= 0 and <= MostReasons => count,
        _ => throw Malformed($"'{ReasonsMember}' is {Shown(given.GetRawText())}, not a whole number from 0 to {MostReasons}"),
    };

    private static string Shown(string text) => text.Length > MostShown ? $"{text[..MostShown]}…" : text;

    private BadHttpRequestException Malformed(string what) => JsonBody.Malformed(what, Expected);
}
