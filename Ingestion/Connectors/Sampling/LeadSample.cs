using System.Globalization;
using System.Text;
using Bogus;

namespace Ingestion.Connectors.Sampling;

/// <summary>
/// Generates input in the format of the real lead files, including their irregularities: an unnamed index, different separators, thousands
/// separators, blanks, duplicate rows. The same seed and count give the same bytes, so that a second start loads nothing again.
/// </summary>
public static class LeadSample
{
    public const int DefaultSeed = 20221101;
    public const int DefaultLeads = 20_000;

    private static readonly string[] Months = ["2022-11", "2022-12", "2023-01", "2023-02", "2023-03"];

    /// <summary>Writes <c>leads/*.csv</c> below the folder; each file is replaced atomically.</summary>
    public static void Write(string folder, int leads = DefaultLeads, int seed = DefaultSeed)
    {
        var target = Directory.CreateDirectory(Path.Combine(folder, "leads")).FullName;
        var sampled = new LeadSampler(seed).Sample(leads).ToList();
        var random = new Randomizer(seed + 1);
        SampleFile.Write(target, "lead_dataset.csv", Leads(sampled, random));
        SampleFile.Write(target, "call_dataset.csv", Calls(sampled));
        SampleFile.Write(target, "customer_dataset.csv", Customers(sampled, random));
        SampleFile.Write(
            target, "clv_dataset.csv", "contract_length,avg_clv\n36,996.00\n24,878.41\n18,\"1,058.11\"\n12,891.36\n9,765.53\n6,654.06\n3,\"2,117.65\"\n");
        SampleFile.Write(target, "marketing_costs_dataset.csv", MarketingCosts(sampled, random));
        SampleFile.Write(target, "sales_cost_dataset.csv", SalesCosts(sampled, random));
    }

    private static string Leads(List<SampledLead> leads, Randomizer random)
    {
        var text = new StringBuilder(";contact_id;marketing_source;create_date;known_city;message_length;test_flag\r\n");
        var repeated = new List<string>();
        for (var i = 0; i < leads.Count; i++)
        {
            var lead = leads[i];
            var city = lead.KnownCity switch { true => "1.0", false => "0.0", null => "" };
            var length = lead.MessageLength is { } characters ? SampleFile.Text($"{characters}.0") : "";
            var row = SampleFile.Text(
                $"{i};{lead.ContactId};{lead.Source};{lead.Created:yyyy-MM-dd HH:mm:ss};{city};{length};{(lead.IsTest ? "True" : "")}\r\n");
            text.Append(row);
            if (random.Bool(0.003f))
                repeated.Add(row);
        }

        return text.AppendJoin("", repeated).ToString();
    }

    private static string Calls(List<SampledLead> leads)
    {
        var text = new StringBuilder(",contact_id,trial_booked,trial_date,call_attempts,total_call_duration,calls_30\n");
        for (var i = 0; i < leads.Count; i++)
        {
            if (leads[i].Calls is not { } calls)
                continue;

            var trial = SampleFile.Text($"{calls.TrialDate is not null},{calls.TrialDate:yyyy-MM-dd}");
            text.Append(SampleFile.Text($"{i},{leads[i].ContactId},{trial},{calls.Attempts},{calls.Seconds},{calls.LongCalls}\n"));
        }

        return text.ToString();
    }

    private static string Customers(List<SampledLead> leads, Randomizer random)
    {
        var text = new StringBuilder(",contact_id,customer_date,contract_length\n");
        for (var i = 0; i < leads.Count; i++)
        {
            if (leads[i].Contract is not { } contract)
                continue;

            var midnight = random.Bool(0.05f) ? " 00:00:00" : "";
            var row = SampleFile.Text($"{i},{leads[i].ContactId},{contract.Date:yyyy-MM-dd}{midnight},{contract.Months}\n");
            text.Append(row);
            if (random.Bool(0.04f))
                text.Append(row);
        }

        return text.ToString();
    }

    private static string MarketingCosts(List<SampledLead> leads, Randomizer random)
    {
        var text = new StringBuilder("date,marketing_source,marketing_costs\n");
        foreach (var month in Months)
        {
            foreach (var (source, costPerLead) in new[] { ("Google", 48.0), ("Meta", 39.0), ("Other", 21.0) })
            {
                var count = leads.Count(l => l.Source == source && InMonth(l, month));
                text.Append(SampleFile.Text($"{month},{source},{count * costPerLead * random.Double(0.8, 1.3):0.#####}\n"));
            }
        }

        return text.ToString();
    }

    /// <summary>The first month has no sales cost, as in the real files.</summary>
    private static string SalesCosts(List<SampledLead> leads, Randomizer random)
    {
        var text = new StringBuilder("year_month,total_sales_costs,trial_costs\n");
        foreach (var month in Months.Skip(1))
        {
            var count = leads.Count(l => InMonth(l, month));
            var trials = leads.Count(l => l.Calls?.TrialDate is not null && InMonth(l, month));
            text.Append(SampleFile.Text($"{month},{count * 58 * random.Double(0.9, 1.1):0.00},{trials * 33}\n"));
        }

        return text.ToString();
    }

    private static bool InMonth(SampledLead lead, string month) => lead.Created.ToString("yyyy-MM", CultureInfo.InvariantCulture) == month;
}
