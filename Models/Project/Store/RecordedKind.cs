namespace Models.Project.Store;

/// <summary>What a recorded value is.</summary>
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
