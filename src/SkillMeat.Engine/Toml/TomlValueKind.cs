namespace SkillMeat.Toml;

/// <summary>The types of TOML 1.0.</summary>
internal enum TomlValueKind : byte
{
    String,
    Integer,
    Float,
    Boolean,
    OffsetDateTime,
    LocalDateTime,
    LocalDate,
    LocalTime,
    Array,
    Table,
}
