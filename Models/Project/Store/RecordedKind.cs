namespace Models.Project.Store;

/// <summary>The type of a recorded value.</summary>
internal enum RecordedKind
{
    Null,
    Text,
    True,
    False,
    Int,
    Long,
    Double,
    Decimal,
    BigInteger,
    List,
    Tuple,
    Dict,
    Map,
}
