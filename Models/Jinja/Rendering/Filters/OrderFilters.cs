namespace Models.Jinja.Rendering.Filters;

internal static class OrderFilters
{
    public static object? Sort(CallContext context, object? value, CallArguments arguments)
    {
        var isReverse = context.IsTrue(arguments.Get(0, "reverse", otherwise: false));
        var isCaseSensitive = context.IsTrue(arguments.Get(1, "case_sensitive", otherwise: false));
        var attributes = arguments.Get(2, "attribute") switch
        {
            null => null,
            string text => text.Split(','),
            var other => (object?[])[other],
        };
        object? Key(object? item) => attributes switch
        {
            null => Fold(item, isCaseSensitive),
            [var only] => Fold(AttributePath.Get(context, item, only), isCaseSensitive),
            _ => new JinjaList(attributes.Select(a => Fold(AttributePath.Get(context, item, a), isCaseSensitive))),
        };
        return new JinjaList(Sorting.Sort(context, context.Iterate(value), Key, isReverse));
    }

    public static object? DictSort(CallContext context, object? value, CallArguments arguments)
    {
        if (value is not JinjaDict dict)
            throw context.TypeError($"dictsort takes a dict, not {Operators.Describe(value)}");

        var isCaseSensitive = context.IsTrue(arguments.Get(0, "case_sensitive", otherwise: false));
        var by = arguments.Get(1, "by", "key") switch
        {
            "key" => 0,
            "value" => 1,
            _ => throw context.ValueError("dictsort sorts by 'key' or by 'value'"),
        };
        var isReverse = context.IsTrue(arguments.Get(2, "reverse", otherwise: false));
        var pairs = dict.Select(entry => (object?)new JinjaTuple(entry.Key, entry.Value));
        return new JinjaList(Sorting.Sort(context, pairs, pair => Fold(((JinjaTuple)pair!)[by], isCaseSensitive), isReverse));
    }

    public static object? GroupBy(CallContext context, object? value, CallArguments arguments)
    {
        var attribute = Methods.Required(context, arguments, 0, "attribute", "groupby");
        var otherwise = arguments.Get(1, "default");
        var isCaseSensitive = context.IsTrue(arguments.Get(2, "case_sensitive", otherwise: false));
        object? Key(object? item) => AttributePath.Get(context, item, attribute, otherwise);
        var sorted = Sorting.Sort(context, context.Iterate(value), item => Fold(Key(item), isCaseSensitive), isReverse: false);

        var groups = new List<object?>();
        JinjaList? current = null;
        object? currentKey = null;
        foreach (var item in sorted)
        {
            var key = Fold(Key(item), isCaseSensitive);
            if (current is null || !PythonEquality.AreEqual(key, currentKey))
            {
                current = [];
                currentKey = key;
                groups.Add(new JinjaGroup(Key(item), current));
            }

            current.Add(item);
        }

        return new JinjaList(groups);
    }

    public static object? Unique(CallContext context, object? value, CallArguments arguments)
    {
        var isCaseSensitive = context.IsTrue(arguments.Get(0, "case_sensitive", otherwise: false));
        var attribute = arguments.Get(1, "attribute");
        var seen = new JinjaSet();
        return new JinjaGenerator(context.Iterate(value).Where(item => seen.Add(Operators.Hashable(
            context.Renderer, context, Fold(attribute is null ? item : AttributePath.Get(context, item, attribute), isCaseSensitive)))));
    }

    /// <param name="context">The filter's call.</param>
    /// <param name="value">The sequence.</param>
    /// <param name="arguments"><c>case_sensitive</c> and <c>attribute</c>.</param>
    /// <param name="sign">1 for the greatest item, -1 for the least.</param>
    public static object? Extreme(CallContext context, object? value, CallArguments arguments, int sign)
    {
        var isCaseSensitive = context.IsTrue(arguments.Get(0, "case_sensitive", otherwise: false));
        var attribute = arguments.Get(1, "attribute");
        object? best = null, bestKey = null;
        var isEmpty = true;
        foreach (var item in context.Iterate(value))
        {
            var key = Fold(attribute is null ? item : AttributePath.Get(context, item, attribute), isCaseSensitive);
            if (!isEmpty && Comparison.Order(context.Renderer, context, key, bestKey) * sign is not > 0)
                continue;

            isEmpty = false;
            (best, bestKey) = (item, key);
        }

        return isEmpty ? new Undefined("item", "there is no such item, the sequence is empty") : best;
    }

    private static object? Fold(object? value, bool isCaseSensitive) => isCaseSensitive ? value : AttributePath.IgnoreCase(value);
}
