using SkillMeat.Errors;

namespace SkillMeat.Cli.Output;

/// <summary>Formats an error for standard error: one line, which ends with its id.</summary>
internal static class ErrorLine
{
    public static string Of(SkillMeatException error) => Of(CommandHint.For(error) is { } hint ? $"{error.Message} {hint}" : error.Message, error.ErrorId);

    public static string Of(string message, string errorId) => PlainText.OnOneLine($"error: {message} [{errorId}]");
}
