using System.Globalization;
using Microsoft.AspNetCore.Http;
using Serving.Scoring.Features;

namespace Serving.Console.Scores;

/// <summary>A lead's features with the values that a reader has changed, by the query of the page.</summary>
internal static class WhatIf
{
    /// <summary>What a field of the form is called.</summary>
    public static string Field(string feature) => $"f.{feature}";

    /// <summary>The changed features; a value that is no number is left as it was. Empty means missing.</summary>
    public static FeatureVector Change(FeatureVector features, FeatureSchema schema, IQueryCollection query)
    {
        var numbers = features.Numbers.ToArray();
        for (var i = 0; i < numbers.Length; i++)
        {
            if (!query.TryGetValue(Field(schema.Numbers[i]), out var text))
                continue;
            if (string.IsNullOrWhiteSpace(text))
                numbers[i] = double.NaN;
            else if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number))
                numbers[i] = number;
        }

        var categories = features.Categories.ToArray();
        for (var i = 0; i < categories.Length; i++)
        {
            if (query.TryGetValue(Field(schema.Categories[i]), out var text))
                categories[i] = string.IsNullOrWhiteSpace(text) ? null : text.ToString();
        }

        return new FeatureVector(numbers, categories);
    }

    public static string Shown(double number) => double.IsNaN(number) ? "" : number.ToString("0.######", CultureInfo.InvariantCulture);

    public static bool AreSame(FeatureVector one, FeatureVector other) =>
        one.Numbers.Select(Shown).SequenceEqual(other.Numbers.Select(Shown)) && one.Categories.SequenceEqual(other.Categories);
}
