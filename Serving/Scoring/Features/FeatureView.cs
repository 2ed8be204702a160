namespace Serving.Scoring.Features;

/// <summary>
/// How one row of a features model becomes a <see cref="FeatureVector"/>. Training and the API share the instance, so that a
/// lead is seen alike by both; the column accessors are plain delegates, and a renamed column breaks the build here.
/// A number that is not finite counts as missing.
/// </summary>
public sealed class FeatureView<TRow>
{
    private readonly Func<TRow, double?>[] _numbers;
    private readonly Func<TRow, string?>[] _categories;

    public FeatureView(
        IReadOnlyList<(string Name, Func<TRow, double?> Read)> numbers,
        IReadOnlyList<(string Name, Func<TRow, string?> Read)> categories)
    {
        _numbers = [.. numbers.Select(number => number.Read)];
        _categories = [.. categories.Select(category => category.Read)];
        Schema = new FeatureSchema([.. numbers.Select(number => number.Name)], [.. categories.Select(category => category.Name)]);
    }

    public FeatureSchema Schema { get; }

    public FeatureVector Vector(TRow row)
    {
        var numbers = new double[_numbers.Length];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = _numbers[i](row) is { } value && double.IsFinite(value) ? value : double.NaN;

        var categories = new string?[_categories.Length];
        for (var i = 0; i < categories.Length; i++)
            categories[i] = _categories[i](row);

        return new FeatureVector(numbers, categories);
    }
}
