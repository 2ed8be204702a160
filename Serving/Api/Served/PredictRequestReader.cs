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
    private readonly DeclaredFeature[] _features = [.. served.Declaration.Features];
    private readonly string[] _names = [.. served.Declaration.Features.Select(feature => feature.Name)];
    private readonly int[] _places = PlacesOf(served.Declaration);

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

        var key = new JsonElement[_key.Length];
        JsonElement keys = default, features = default, reasons = default;
        string? unknown = null;
        foreach (var member in body.EnumerateObject())
        {
            if (PlaceOf(member, _key) is >= 0 and var place)
                Take(ref key[place], member);
            else if (member.NameEquals(FeaturesMember))
                Take(ref features, member);
            else if (member.NameEquals(ReasonsMember))
                Take(ref reasons, member);
            else if (member.NameEquals(served.KeysMember))
                Take(ref keys, member);
            else
                unknown ??= member.Name;
        }

        var (hasKeys, hasFeatures) = (IsGiven(keys), IsGiven(features));
        var missing = hasKeys || hasFeatures ? -1 : Array.FindIndex(key, value => !IsGiven(value));
        if (missing >= 0)
            throw Malformed($"'{_key[missing]}' is missing{(unknown is null ? "" : $", and '{Shown(unknown)}' is unknown")}");
        if (unknown is not null)
            throw Malformed($"'{Shown(unknown)}' is unknown");
        if ((hasKeys ? 1 : 0) + (hasFeatures ? 1 : 0) + (Array.Exists(key, IsGiven) ? 1 : 0) > 1)
            throw Malformed($"'{_key[0]}', '{served.KeysMember}' and '{FeaturesMember}' are given together, of which one can be meant");

        int? most = IsGiven(reasons) ? ReasonsOf(reasons) : null;
        return hasFeatures ? new PredictRequest([], IsMany: false, FeaturesOf(features), most)
            : hasKeys ? new PredictRequest(KeysOf(keys), IsMany: true, null, most)
            : new PredictRequest([KeyOf(key)], IsMany: false, null, most);
    }

    private void Take(ref JsonElement place, JsonProperty member)
    {
        if (IsGiven(place))
            throw Malformed($"'{member.Name}' is given twice");
        place = member.Value;
    }

    private EntityKey[] KeysOf(JsonElement list)
    {
        if (list.ValueKind is not JsonValueKind.Array)
            throw Malformed($"'{served.KeysMember}' is {Shown(list.GetRawText())}, not a list");
        if (list.GetArrayLength() > MostKeys)
            throw Malformed($"'{served.KeysMember}' has {list.GetArrayLength()} items; at most {MostKeys} can be asked for at once");
        return [.. list.EnumerateArray().Select(item => KeyOf(served.HasCompositeKey ? MembersOf(item) : [item]))];
    }

    private JsonElement[] MembersOf(JsonElement item)
    {
        if (item.ValueKind is not JsonValueKind.Object)
            throw Malformed($"'{served.KeysMember}' holds {Shown(item.GetRawText())}, not an object");
        var members = new JsonElement[_key.Length];
        foreach (var member in item.EnumerateObject())
        {
            var place = PlaceOf(member, _key);
            if (place < 0)
                throw Malformed($"'{Shown(member.Name)}' in '{served.KeysMember}' is unknown");
            if (IsGiven(members[place]))
                throw Malformed($"'{member.Name}' in '{served.KeysMember}' is given twice");
            members[place] = member.Value;
        }

        return Array.FindIndex(members, value => !IsGiven(value)) is >= 0 and var missing
            ? throw Malformed($"'{_key[missing]}' in '{served.KeysMember}' is missing")
            : members;
    }

    /// <param name="key">The values of the columns, in their order.</param>
    private EntityKey KeyOf(JsonElement[] key)
    {
        var values = new string[key.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var column = _declaration.Entity[i];
            values[i] = EntityJson.Read(column, key[i]) ?? throw Malformed($"'{column.Name}' is {Shown(key[i].GetRawText())}, not {EntityJson.KindOf(column)}");
        }

        return new EntityKey(values);
    }

    private FeatureVector FeaturesOf(JsonElement given)
    {
        if (given.ValueKind is not JsonValueKind.Object)
            throw Malformed($"'{FeaturesMember}' is {Shown(given.GetRawText())}, not an object");
        var numbers = new double[_declaration.FeatureSchema.Numbers.Count];
        Array.Fill(numbers, double.NaN);
        var categories = new string?[_declaration.FeatureSchema.Categories.Count];
        var seen = new bool[_features.Length];
        var next = 0;
        foreach (var member in given.EnumerateObject())
        {
            // most requests name the features in the order declared
            var index = next < _features.Length && member.NameEquals(_features[next].Name) ? next : PlaceOf(member, _names);
            if (index < 0)
                throw Malformed($"'{Shown(member.Name)}' in '{FeaturesMember}' is no feature of {_declaration.Name}");
            if (seen[index])
                throw Malformed($"'{member.Name}' is given twice");
            seen[index] = true;
            next = index + 1;
            if (member.Value.ValueKind is JsonValueKind.Null)
                continue;
            if (_features[index].Kind is FeatureKind.Number)
                numbers[_places[index]] = NumberOf(_features[index], member.Value);
            else
                categories[_places[index]] = CategoryOf(_features[index], member.Value);
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

    private static int PlaceOf(JsonProperty member, string[] names)
    {
        for (var i = 0; i < names.Length; i++)
        {
            if (member.NameEquals(names[i]))
                return i;
        }

        return -1;
    }

    private static bool IsGiven(JsonElement value) => value.ValueKind is not JsonValueKind.Undefined;

    /// <summary>For each feature its place among the numbers or among the categories of a <see cref="FeatureVector"/>.</summary>
    private static int[] PlacesOf(PredictionDeclaration declaration)
    {
        var (numbers, categories) = (0, 0);
        return [.. declaration.Features.Select(feature => feature.Kind is FeatureKind.Number ? numbers++ : categories++)];
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
