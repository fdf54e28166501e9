using System.Management.Automation;
using System.Management.Automation.Runspaces;
using SkillMeat.Cache.Background;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>
/// The background refreshes of a PowerShell session, one for each home. They end with the session. The module's script ends them when the module is removed.
/// </summary>
/// <remarks>Thread-safe.</remarks>
public sealed class SessionRefreshes : IDisposable
{
    /// <summary>The name of the variable of the module's script that holds them.</summary>
    internal const string Variable = "SessionRefreshes";

    private readonly object _gate = new();
    private readonly Dictionary<string, BackgroundRefresh> _running = new(OperatingSystem.IsLinux() ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);
    private readonly Runspace? _session = Runspace.DefaultRunspace;

    private SessionRefreshes()
    {
        if (_session is not null) _session.StateChanged += SessionChanged;
        AppDomain.CurrentDomain.ProcessExit += ProcessEnds;
    }

    /// <summary>Returns those of a session, or null if none was ever started. Requires the pipeline thread.</summary>
    /// <param name="variables">The variables of the module.</param>
    internal static SessionRefreshes? Find(PSVariableIntrinsics variables) => (variables.GetValue(Variable) is PSObject wrapped ? wrapped.BaseObject : variables.GetValue(Variable)) as SessionRefreshes;

    /// <summary>Returns those of a session. Requires the pipeline thread.</summary>
    /// <param name="variables">The variables of the module.</param>
    internal static SessionRefreshes Of(PSVariableIntrinsics variables)
    {
        if (Find(variables) is { } known) return known;
        var created = new SessionRefreshes();
        variables.Set(Variable, created);
        return created;
    }

    /// <summary>Returns the service of a home that runs in this session, or null.</summary>
    internal BackgroundRefresh? Find(string home)
    {
        lock (_gate) return _running.TryGetValue(home, out var refresh) && !refresh.Completion.IsCompleted ? refresh : null;
    }

    /// <summary>Starts a service, or returns the one that runs already.</summary>
    /// <param name="home">The full path of the home.</param>
    /// <param name="start">Starts it.</param>
    internal (BackgroundRefresh Refresh, bool IsNew) Start(string home, Func<BackgroundRefresh> start)
    {
        lock (_gate)
        {
            if (Find(home) is { } running) return (running, false);
            return (_running[home] = start(), true);
        }
    }

    /// <summary>Stops the service of a home and waits for its end.</summary>
    /// <returns>The last status, or null if none runs.</returns>
    internal async Task<BackgroundRefreshStatus?> StopAsync(string home)
    {
        BackgroundRefresh? refresh;
        lock (_gate)
        {
            if (!_running.Remove(home, out refresh)) return null;
        }

        await refresh.StopAsync().ConfigureAwait(false);
        return refresh.Status;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_session is not null) _session.StateChanged -= SessionChanged;
        AppDomain.CurrentDomain.ProcessExit -= ProcessEnds;
        List<BackgroundRefresh> ending;
        lock (_gate)
        {
            ending = [.. _running.Values];
            _running.Clear();
        }

        Parallel.ForEach(ending, refresh => refresh.Dispose());
    }

    private void SessionChanged(object? sender, RunspaceStateEventArgs e)
    {
        if (e.RunspaceStateInfo.State is RunspaceState.Closing or RunspaceState.Closed or RunspaceState.Broken) Dispose();
    }

    private void ProcessEnds(object? sender, EventArgs e) => Dispose();
}
