namespace Serving.Scoring.Learning;

/// <summary>
/// Draws parts of a data set from a hash of the key, not from the row's place: a key falls on the same side whatever the order or
/// the number of the rows, and on the same side tomorrow.
/// </summary>
public static class Split
{
    /// <summary>The part of <paramref name="parts"/> that the key belongs to, from 0.</summary>
    public static int PartOf(long key, int parts, int seed) => (int)(Mix((ulong)key + Mix((ulong)seed)) % (ulong)parts);

    // the finaliser of SplitMix64: https://prng.di.unimi.it/splitmix64.c
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
