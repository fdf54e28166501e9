using System.CommandLine;
using SkillMeat.Errors;
using SkillMeat.Storage;
using SkillMeat.Upstream.Http;

namespace SkillMeat.Cli.Commands;

/// <summary>The options <c>--max-wait</c> and <c>--timeout</c> of commands that contact upstream.</summary>
internal sealed class UpstreamWaits
{
    private readonly TimeoutOption _timeout = new();

    private readonly Option<double> _maxWait = SecondsOption.Create(
        "--max-wait", "Seconds to wait for a rate limit to be reset. A longer wait is an error, which states the time of the reset.", WaitSeconds.ForRateLimit);

    public IReadOnlyList<Symbol> Symbols => [_maxWait, _timeout.Symbol];

    /// <exception cref="SkillMeatException">A value is out of range.</exception>
    public UpstreamOptions Read(ParseResult parsed) =>
        new UpstreamOptions { MaxRateLimitWait = WaitSeconds.Parse(_maxWait.Name, parsed.GetValue(_maxWait)) }.Within(_timeout.Read(parsed));
}
