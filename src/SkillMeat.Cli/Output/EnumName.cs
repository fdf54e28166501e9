using System.Text.Json;

namespace SkillMeat.Cli.Output;

/// <summary>How tables and JSON spell the values of an enumeration.</summary>
internal static class EnumName
{
    /// <summary>As in JSON: <c>kept_local</c>.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    /// <summary>For people: <c>kept local</c>.</summary>
    public static string InWords<T>(T value)
        where T : struct, Enum => Of(value).Replace('_', ' ');
}
