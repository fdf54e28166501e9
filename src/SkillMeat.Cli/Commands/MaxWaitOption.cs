using System.CommandLine;
using SkillMeat.Errors;
using SkillMeat.Storage;

namespace SkillMeat.Cli.Commands;

/// <summary>The option of commands that ask upstream.</summary>
internal sealed class MaxWaitOption
{
    private readonly Option<double> _maxWait = new("--max-wait")
    {
        Description = "How long to wait for a rate limit to be reset, in seconds; what takes longer is an error that says when.",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => WaitSeconds.ForRateLimit,
    };

    public Symbol Symbol => _maxWait;

    /// <exception cref="SkillMeatException">The value is out of range.</exception>
    public TimeSpan Read(ParseResult parsed) => WaitSeconds.Parse(_maxWait.Name, parsed.GetValue(_maxWait));
}
