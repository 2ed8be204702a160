using Bogus;

namespace Ingestion.Connectors.Sampling;

/// <summary>
/// Generates leads whose conversion depends on their features and on chance, about as in real sales data: a good model reaches an AUC near 0.8, and
/// none can be perfect. The same seed gives the same leads.
/// </summary>
internal sealed class LeadSampler(int seed)
{
    private static readonly DateTime FirstDay = new(2022, 11, 1, 0, 0, 0, DateTimeKind.Unspecified);
    private const int Days = 138;

    /// <summary>Contacts used in examples; they are the first leads of every sample.</summary>
    private static readonly int[] KnownContacts = [448214219, 372771079, 404938465, 440938395, 450102712, 383153182];

    private static readonly string[] Sources = ["Google", "Meta", "Other", ""];
    private static readonly float[] SourceShares = [0.55f, 0.30f, 0.14f, 0.01f];
    private static readonly int[] ContractMonths = [6, 3, 12, 18, 9, 24, 36];
    private static readonly float[] ContractShares = [0.45f, 0.19f, 0.19f, 0.06f, 0.06f, 0.04f, 0.01f];

    private readonly Randomizer _random = new(seed);

    public IEnumerable<SampledLead> Sample(int count)
    {
        var used = new HashSet<int>(KnownContacts);
        for (var i = 0; i < count; i++)
            yield return Lead(i < KnownContacts.Length ? KnownContacts[i] : NewContact(used));
    }

    private int NewContact(HashSet<int> used)
    {
        int contact;
        do
            contact = _random.Int(200_000_000, 519_999_999);
        while (!used.Add(contact));

        return contact;
    }

    private SampledLead Lead(int contactId)
    {
        var source = _random.WeightedRandom(Sources, SourceShares);
        var created = FirstDay.AddDays(_random.Int(0, Days - 1)).AddMinutes(_random.Int(0, 599));
        bool? knownCity = _random.Bool(0.12f) ? null : _random.Bool(0.55f);
        int? messageLength = _random.Bool(0.08f) ? null : (int)Math.Clamp(Math.Exp(3.8 + (0.85 * Normal())), 1, 2_000);
        var calls = _random.Bool(0.03f) ? null : Calls(created);
        var isCustomer = _random.Double() < Chance(source, created, knownCity, messageLength, calls);
        return new SampledLead
        {
            ContactId = contactId,
            Source = source,
            Created = created,
            KnownCity = knownCity,
            MessageLength = messageLength,
            IsTest = _random.Bool(0.004f),
            Calls = calls is null ? null : calls with { TrialDate = Trial(created, isCustomer) },
            Contract = isCustomer ? Contract(created) : null,
        };
    }

    /// <summary>A higher persistence leads to more calls, longer calls, and more long ones.</summary>
    private SampledCalls Calls(DateTime created)
    {
        var attempts = (int)Math.Clamp(Math.Exp(2.25 + (0.75 * Normal())), 1, 80);
        var share = Math.Clamp(0.35 + (0.14 * Normal()), 0.02, 0.9);
        var longCalls = (int)Math.Min(attempts, Math.Round(attempts * share * 0.85));
        var seconds = Math.Max(0, (longCalls * 2_350) + (attempts * 180) + (900 * Normal()));
        return new SampledCalls(attempts, Math.Round(seconds, 1), longCalls, TrialDate: null);
    }

    /// <summary>The conversion probability: few calls and very many calls lower it; a known city, some sources and the winter months raise it.</summary>
    private static double Chance(string source, DateTime created, bool? knownCity, int? messageLength, SampledCalls? calls)
    {
        var logit = -3.35;
        logit += source switch { "Google" => 0.35, "Meta" => -0.45, "Other" => -0.1, _ => -0.6 };
        logit += knownCity switch { true => 0.65, false => -0.15, null => -0.2 };
        logit += created.Month switch { 11 => -0.5, 1 => 0.5, 2 => 0.35, 3 => -0.2, _ => 0 };
        logit += messageLength is { } length ? 0.1 * Math.Log(length / 45.0) : 0;
        if (calls is null)
            return Logistic(logit + 1);

        logit += 2.4 * Bell(calls.LongCalls, middle: 6, width: 2.8);
        logit += 1.2 * Bell(calls.Attempts, middle: 18, width: 9);
        logit -= calls.Attempts > 35 ? 2 : 0;
        return Logistic(logit);
    }

    private DateOnly? Trial(DateTime created, bool isCustomer) =>
        _random.Bool(isCustomer ? 0.85f : 0.22f) ? DateOnly.FromDateTime(created).AddDays(_random.Int(2, 12)) : null;

    private SampledContract Contract(DateTime created) => new(
        DateOnly.FromDateTime(created).AddDays(_random.Int(3, 20)),
        _random.Bool(0.06f) ? null : _random.WeightedRandom(ContractMonths, ContractShares));

    /// <summary>A standard normal random number by the Box-Muller transform.</summary>
    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.Double())) * Math.Cos(2 * Math.PI * _random.Double());

    private static double Bell(double value, double middle, double width) => Math.Exp(-Math.Pow((value - middle) / width, 2));

    private static double Logistic(double logit) => 1 / (1 + Math.Exp(-logit));
}
