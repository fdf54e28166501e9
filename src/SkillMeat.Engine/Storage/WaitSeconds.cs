using System.Globalization;
using SkillMeat.Errors;

namespace SkillMeat.Storage;

/// <summary>The longest time that an operation waits, in seconds, as options and parameters take it: for another process, for a host that does not answer, or for a rate limit to be reset.</summary>
public static class WaitSeconds
{
    /// <summary>The shortest: to try once.</summary>
    public const double Least = 0;

    /// <summary>The longest: a day.</summary>
    public const double Most = 86_400;

    /// <summary>The shortest for the answer of a host.</summary>
    public const double LeastForAnswer = 1;

    /// <summary>The default for a host that does not answer.</summary>
    public const double ForAnswer = 60;

    /// <summary>The default for another process that holds a lock.</summary>
    public const double ForLock = 30;

    /// <summary>The default for the start or the end of a server.</summary>
    public const double ForServer = 30;

    /// <summary>The default for a rate limit.</summary>
    public const double ForRateLimit = 60;

    /// <summary>Checks the range.</summary>
    /// <param name="option">The name of the option, for the error.</param>
    /// <param name="seconds">Its value.</param>
    /// <returns>The time.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: the value is out of range.</exception>
    public static TimeSpan Parse(string option, double seconds) => Parse(option, seconds, Least);

    /// <summary>Checks the range of a wait for the answer of a host.</summary>
    /// <param name="option">The name of the option, for the error.</param>
    /// <param name="seconds">Its value.</param>
    /// <returns>The time.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: the value is out of range.</exception>
    public static TimeSpan ParseForAnswer(string option, double seconds) => Parse(option, seconds, LeastForAnswer);

    private static TimeSpan Parse(string option, double seconds, double least) => seconds >= least && seconds <= Most
        ? TimeSpan.FromSeconds(seconds)
        : throw new SkillMeatException(ErrorIds.InvalidArgument, string.Create(CultureInfo.InvariantCulture, $"{option} takes {least} to {Most} seconds, not {seconds}."));
}
