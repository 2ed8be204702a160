using Models.Jinja.Rendering.Tests;

namespace Models.Jinja.Rendering.Filters;

internal static class SelectionFilters
{
    public static object? Map(CallContext context, object? value, CallArguments arguments)
    {
        if (!context.IsTrue(value))
            return new JinjaGenerator([]);

        if (arguments.Positional.Count == 0 && arguments.TryGetKeyword("attribute", out var attribute))
        {
            var otherwise = arguments.Get(int.MaxValue, "default");
            if (arguments.Keyword.FirstOrDefault(k => k.Key is not ("attribute" or "default")).Key is { } unknown)
                throw context.ArgumentError($"map has no argument '{unknown}'");
            return new JinjaGenerator(context.Iterate(value).Select(item => AttributePath.Get(context, item, attribute, otherwise)));
        }

        if (arguments.Positional.Count == 0 || arguments.Positional[0] is not string name)
            throw context.ArgumentError("map needs the name of a filter, or attribute='...'");

        var filter = BuiltInFilters.Find(context, name, context.Span);
        var rest = new CallArguments([.. arguments.Positional.Skip(1)], arguments.Keyword);
        return new JinjaGenerator(context.Iterate(value).Select(item => filter(context, item, rest)));
    }

    /// <param name="context">The filter's call.</param>
    /// <param name="value">The sequence.</param>
    /// <param name="arguments">The attribute, if <paramref name="byAttribute"/>; the name of the test and its arguments.</param>
    /// <param name="wanted">True to keep items that pass the test, false to keep those that fail it.</param>
    /// <param name="byAttribute">True to test an attribute of each item instead of the item.</param>
    public static object? Select(CallContext context, object? value, CallArguments arguments, bool wanted, bool byAttribute)
    {
        if (!context.IsTrue(value))
            return new JinjaGenerator([]);

        var used = byAttribute ? 1 : 0;
        if (arguments.Positional.Count < used)
            throw context.ArgumentError("this filter needs the name of an attribute");

        var attribute = byAttribute ? arguments.Positional[0] : null;
        Func<object?, bool> passes = context.IsTrue;
        if (arguments.Positional.Count > used)
        {
            var test = BuiltInTests.Find(context, PythonText.Str(arguments.Positional[used]), context.Span);
            var rest = new CallArguments([.. arguments.Positional.Skip(used + 1)], arguments.Keyword);
            passes = item => test(context, item, rest);
        }

        return new JinjaGenerator(context.Iterate(value).Where(item =>
            passes(byAttribute ? AttributePath.Get(context, item, attribute) : item) == wanted));
    }
}
