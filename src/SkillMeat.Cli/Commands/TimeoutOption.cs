using System.CommandLine;
using SkillMeat.Errors;
using SkillMeat.Storage;

namespace SkillMeat.Cli.Commands;

/// <summary>The option <c>--timeout</c> of commands that contact upstream.</summary>
internal sealed class TimeoutOption
{
    private readonly Option<double> _timeout = SecondsOption.Create(
        "--timeout", "Seconds to wait for a host that does not answer, including retries. Waits for a rate limit do not count.", WaitSeconds.ForAnswer);

    public Symbol Symbol => _timeout;

    /// <exception cref="SkillMeatException">The value is out of range.</exception>
    public TimeSpan Read(ParseResult parsed) => WaitSeconds.ParseForAnswer(_timeout.Name, parsed.GetValue(_timeout));
}
