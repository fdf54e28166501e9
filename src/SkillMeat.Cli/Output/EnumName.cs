using System.Text.Json;

namespace SkillMeat.Cli.Output;

/// <summary>Spells the values of enumerations for tables and JSON.</summary>
internal static class EnumName
{
    /// <summary>The spelling in JSON: <c>kept_local</c>.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>The spelling in tables: <c>kept local</c>.</summary>
    public static string InWords<T>(T value)
        where T : struct, Enum => Of(value).Replace('_', ' ');
}
