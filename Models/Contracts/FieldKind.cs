namespace Models.Contracts;

/// <summary>How a field's text is parsed, regardless of its type's precision.</summary>
public enum FieldKind
{
    Text,
    Boolean,
    SmallInt,
    Integer,
    BigInt,
    Numeric,
    Real,
    Double,
    Date,
    Timestamp,
    TimestampTz,
    Uuid,
    Json,
    Jsonb,
}
