using System.CommandLine;
using SkillMeat.Errors;
using SkillMeat.Storage;

namespace SkillMeat.Cli.Commands;

/// <summary>The option <c>--max-wait</c> of commands that contact upstream.</summary>
internal sealed class MaxWaitOption
{
    private readonly Option<double> _maxWait = new("--max-wait")
    {
        Description = "Seconds to wait for a rate limit to be reset. A longer wait is an error, which states the time of the reset.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => WaitSeconds.ForRateLimit,
    };

    public Symbol Symbol => _maxWait;

    /// <exception cref="SkillMeatException">The value is out of range.</exception>
    public TimeSpan Read(ParseResult parsed) => WaitSeconds.Parse(_maxWait.Name, parsed.GetValue(_maxWait));
}
