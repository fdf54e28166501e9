using System.CommandLine;
using System.Globalization;
using SkillMeat.Errors;

namespace SkillMeat.Cli.Commands;

/// <summary>The option of commands that ask upstream.</summary>
internal sealed class MaxWaitOption
{
    private readonly Option<double> _maxWait = new("--max-wait")
    {
        Description = "How long to wait for a rate limit to be reset, in seconds; what takes longer is an error that says when.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => 60,
    };

    public Symbol Symbol => _maxWait;

    /// <summary>What was said.</summary>
    /// <exception cref="SkillMeatException">It is no time to wait.</exception>
    public TimeSpan Read(ParseResult parsed) => parsed.GetValue(_maxWait) is >= 0 and <= 86_400 and var seconds
        ? TimeSpan.FromSeconds(seconds)
        : throw new SkillMeatException(ErrorIds.InvalidArgument, $"--max-wait takes 0 to 86400 seconds, not {parsed.GetValue(_maxWait).ToString(CultureInfo.InvariantCulture)}.");
}
