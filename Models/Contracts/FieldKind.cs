namespace Models.Contracts;

/// <summary>How a field's text is understood, whatever its type's precision.</summary>
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
