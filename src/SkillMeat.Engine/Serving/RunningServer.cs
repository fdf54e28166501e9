using System.Security;
using SkillMeat.Storage.Locks;

namespace SkillMeat.Serving;

/// <summary>A server of a home that runs on this machine.</summary>
public sealed record RunningServer
{
    internal RunningServer(RunningProcess process)
    {
        Process = process;
    }

    /// <summary>The address at which it answers, without its token.</summary>
    public required Uri Url { get; init; }

    /// <summary>The port.</summary>
    public int Port => Url.Port;

    /// <summary>The id of its process.</summary>
    public int ProcessId => Process.Id;

    /// <summary>The full path of its home.</summary>
    public required string Home { get; init; }

    /// <summary>The time at which it started, in UTC.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The version of its program, or null if it does not say it.</summary>
    public string? Version { get; init; }

    internal RunningProcess Process { get; }

    /// <summary>Reads the token that requests need. It is no property, so that no view, file or log has it.</summary>
    /// <returns>The token, or null if this user cannot read it.</returns>
    public SecureString? ReadToken()
    {
        if (HomeServers.FindToken(Home) is not { } text) return null;
        var token = new SecureString();
        foreach (var letter in text) token.AppendChar(letter);
        token.MakeReadOnly();
        return token;
    }
}
