using Models.Jinja.Rendering;
using Models.Rendering.Context.Functions;

namespace Models.Rendering.Context.Modules;

/// <c>modules.itertools</c>: docs.python.org/3/library/itertools.html. Results are lists, so that the infinite iterators are not included.
internal static class IterationModule
{
    /// <summary>The maximum number of items of a result.</summary>
    private const int Limit = 1_000_000;

    public static HostNamespace Namespace { get; } = HostNamespace.Of("itertools",
        new("chain(*)", a => new JinjaList(a.More.SelectMany(a.Context.Iterate))),
        new("product(*, **)", a => Limited(a, Product(Pools(a)))),
        new("permutations(iterable, r?)", a => Limited(a, Permutations(Items(a), (int)a.Integer(1, Items(a).Count)))),
        new("combinations(iterable, r)", a => Limited(a, Combinations(Items(a), (int)a.Integer(1, otherwise: 0), repeat: false))),
        new("combinations_with_replacement(iterable, r)", a => Limited(a, Combinations(Items(a), (int)a.Integer(1, otherwise: 0), repeat: true))),
        new("islice(iterable, start_or_stop, stop?, step?)", Slice),
        new("zip_longest(*, **)", ZipLongest),
        new("accumulate(iterable)", Accumulate),
        new("repeat(object, times)", a => new JinjaList(Enumerable.Repeat(a[0], (int)Math.Clamp(a.Integer(1, otherwise: 0), 0, Limit)))),
        new("groupby(iterable, key?)", GroupBy),
        new("compress(data, selectors)", a =>
            new JinjaList(Items(a).Zip(a.Context.Iterate(a[1])).Where(p => a.Context.IsTrue(p.Second)).Select(p => p.First))));

    private static List<object?> Items(BoundArguments a) => [.. a.Context.Iterate(a[0])];

    private static List<List<object?>> Pools(BoundArguments a)
    {
        var pools = a.More.Select(m => a.Context.Iterate(m).ToList()).ToList();
        foreach (var (key, value) in a.Keywords)
        {
            if (key == "repeat" && value is long times)
                pools = [.. Enumerable.Repeat(pools, (int)times).SelectMany(p => p)];
        }

        return pools;
    }

    private static JinjaList Limited(BoundArguments a, IEnumerable<JinjaTuple> tuples)
    {
        var list = new JinjaList(tuples.Take(Limit));
        return list.Count < Limit ? list : throw a.Context.ValueError($"this makes more than {Limit} combinations");
    }

    private static IEnumerable<JinjaTuple> Product(List<List<object?>> pools)
    {
        IEnumerable<object?[]> rows = [[]];
        foreach (var pool in pools)
            rows = rows.SelectMany(row => pool, (row, item) => (object?[])[.. row, item]);

        return rows.Select(r => new JinjaTuple(r));
    }

    private static IEnumerable<JinjaTuple> Permutations(List<object?> items, int length) =>
        Choose(items, length, (chosen, next) => !chosen.Contains(next));

    private static IEnumerable<JinjaTuple> Combinations(List<object?> items, int length, bool repeat) =>
        Choose(items, length, (chosen, next) => chosen.Count == 0 || (repeat ? next >= chosen[^1] : next > chosen[^1]));

    private static IEnumerable<JinjaTuple> Choose(List<object?> items, int length, Func<List<int>, int, bool> mayFollow)
    {
        if (length < 0 || length > Limit)
            yield break;

        var chosen = new List<int>();
        var next = 0;
        while (true)
        {
            if (chosen.Count == length)
            {
                yield return new JinjaTuple([.. chosen.Select(i => items[i])]);
                next = items.Count;
            }

            while (next < items.Count && !mayFollow(chosen, next))
                next++;
            if (next < items.Count)
            {
                chosen.Add(next);
                next = 0;
                continue;
            }

            if (chosen.Count == 0)
                yield break;
            next = chosen[^1] + 1;
            chosen.RemoveAt(chosen.Count - 1);
        }
    }

    private static JinjaList Slice(BoundArguments a)
    {
        var (start, stop) = a.Has(2) ? (a.Integer(1, otherwise: 0), a.Integer(2, long.MaxValue)) : (0, a.Integer(1, long.MaxValue));
        var step = Math.Max(1, a.Integer(3, otherwise: 1));
        return new JinjaList(a.Context.Iterate(a[0]).Where((_, i) => i >= start && i < stop && (i - start) % step == 0));
    }

    private static JinjaList ZipLongest(BoundArguments a)
    {
        var columns = a.More.Select(m => a.Context.Iterate(m).ToList()).ToList();
        var fill = a.Keywords.FirstOrDefault(k => k.Key == "fillvalue").Value;
        var rows = new JinjaList();
        for (var i = 0; i < columns.Select(c => c.Count).DefaultIfEmpty().Max(); i++)
            rows.Add(new JinjaTuple([.. columns.Select(c => i < c.Count ? c[i] : fill)]));

        return rows;
    }

    private static JinjaList Accumulate(BoundArguments a)
    {
        var sums = new JinjaList();
        object? sum = null;
        foreach (var item in a.Context.Iterate(a[0]))
        {
            sum = (sum, item) switch
            {
                (null, _) => item,
                (long x, long y) => x + y,
                (string x, string y) => x + y,
                _ => Convert.ToDouble(sum) + Convert.ToDouble(item),
            };
            sums.Add(sum);
        }

        return sums;
    }

    private static JinjaList GroupBy(BoundArguments a)
    {
        var groups = new JinjaList();
        object? current = null;
        JinjaList? members = null;
        foreach (var item in a.Context.Iterate(a[0]))
        {
            var key = a[1] is null ? item : a.Context.Call(a[1], new CallArguments([item], []));
            if (members is null || !PythonEquality.AreEqual(key, current))
            {
                members = new JinjaList();
                groups.Add(new JinjaTuple(key, members));
                current = key;
            }

            members.Add(item);
        }

        return groups;
    }
}
