namespace Serving.Api.Reads;

/// <summary>Why the warehouse did not give what a request needs.</summary>
internal enum WarehouseFault
{
    /// <summary>The models have not been built, or no training has ended yet.</summary>
    NotBuilt,

    /// <summary>What the warehouse holds does not fit this program, and asking again changes nothing: a column is missing or has another type.</summary>
    Mismatch,

    /// <summary>The warehouse does not answer for now.</summary>
    Unavailable,
}
