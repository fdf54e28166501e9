using System.Management.Automation;
using System.Management.Automation.Host;
using System.Reflection;
using SkillMeat.Cmdlets.Errors;
using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>
/// What all cmdlets share: the home, and running the engine's asynchronous work while this thread passes on what it says. Ctrl+C cancels the work and waits until
/// it has left everything as it was.
/// </summary>
public abstract class SkmCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private string? _homePath;
    private bool _mustNotWrite;
    private CollectionStore? _store;

    /// <summary>The home; null for the one that the environment or the user's folder gives.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SkillMeatHome { get; set; }

    /// <summary>The home's full path.</summary>
    protected string HomePath => _homePath ?? throw new InvalidOperationException("The home is known once the work runs.");

    /// <summary>Whether the call must not write to the home: true of every cmdlet that has no <c>-WhatIf</c>.</summary>
    protected virtual bool OnlyReads => GetType().GetCustomAttribute<CmdletAttribute>() is { SupportsShouldProcess: false };

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(isDisposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what the cmdlet holds.</summary>
    /// <param name="isDisposing">True when called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool isDisposing)
    {
        if (isDisposing)
        {
            _stop.Dispose();
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>Does work with the home, and says on this thread what it says.</summary>
    /// <param name="work">Told the home, where to say something, and what cancels it.</param>
    protected void Run(Func<CollectionStore, PipelineQueue, CancellationToken, Task> work) =>
        RunWithoutHome((pipeline, cancellationToken) => work(_store ??= Open(pipeline), pipeline, cancellationToken));

    /// <summary>Does work that needs no home to be there.</summary>
    /// <param name="work">Told where to say something, and what cancels it.</param>
    protected void RunWithoutHome(Func<PipelineQueue, CancellationToken, Task> work)
    {
        using var run = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var pipeline = new PipelineQueue(run.Token);
        try
        {
            _homePath ??= FindHome();
            _mustNotWrite = OnlyReads || IsWhatIf();
            var working = Task.Run(() => WorkAsync(work, pipeline, run.Token), CancellationToken.None);
            Deliver(pipeline, working, run);
            working.GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (SkillMeatException e)
        {
            Fail(e);
        }
        catch (WildcardPatternException e)
        {
            Fail(new SkillMeatException(ErrorIds.InvalidArgument, e.Message, e));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fail(new SkillMeatException(ErrorIds.StorageFailed, e.Message, e));
        }
    }

    /// <summary>Asks whether a change is wanted, as <c>-WhatIf</c> and <c>-Confirm</c> say.</summary>
    /// <param name="pipeline">The way to the thread that can ask.</param>
    /// <param name="target">What would be changed.</param>
    /// <param name="action">What would be done with it.</param>
    /// <returns>Whether to do it.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: nobody can be asked.</exception>
    protected Task<bool> MayAsync(PipelineQueue pipeline, string target, string action) => pipeline.AskAsync(() => May(target, action));

    /// <summary>The same on the pipeline thread.</summary>
    /// <param name="target">What would be changed.</param>
    /// <param name="action">What would be done with it.</param>
    /// <returns>Whether to do it.</returns>
    protected bool May(string target, string action)
    {
        try
        {
            return ShouldProcess(target, action);
        }
        catch (Exception e) when (e is PSInvalidOperationException or HostException)
        {
            var force = this is ConfirmedCommand ? "-Force or " : "";
            throw new SkillMeatException(ErrorIds.InvalidArgument, $"{action}: this asks first, and nobody can be asked here. Say {force}-Confirm:$false to do it without.", e);
        }
    }

    /// <summary>Whether <c>-WhatIf</c> holds for this call; to be asked on the pipeline thread.</summary>
    protected bool IsWhatIf() => IsSet("WhatIf") ?? LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    /// <summary>A switch as it was given; null when it was not.</summary>
    protected bool? IsSet(string parameter) => MyInvocation.BoundParameters.TryGetValue(parameter, out var value) ? LanguagePrimitives.IsTrue(value) : null;

    /// <summary>Opens the home, and passes on what was found there.</summary>
    protected CollectionStore Open(PipelineQueue pipeline)
    {
        var store = _mustNotWrite ? CollectionStore.OpenToRead(HomePath) : CollectionStore.Open(HomePath);
        pipeline.Verbose($"The home is {store.Home}.");
        foreach (var notice in store.Notices)
        {
            pipeline.Warn(notice);
        }

        return store;
    }

    /// <summary>The full path of a file or folder, which need not be there; to be asked on the pipeline thread. A relative one is relative to PowerShell's location, which is not the process's.</summary>
    /// <param name="path">A path of PowerShell's.</param>
    /// <param name="what">What it is the path of, as a clause of the error.</param>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: it is a place of another provider.</exception>
    protected string ResolvePath(string path, string what)
    {
        var resolved = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        return provider.Name == "FileSystem"
            ? resolved
            : throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{path}' is a place of PowerShell's {provider.Name} provider; {what}.");
    }

    /// <summary>One of many that come through the pipeline does not keep the others from being done.</summary>
    private void Fail(SkillMeatException error)
    {
        var record = ErrorRecords.Of(error, target: null);
        if (MyInvocation.ExpectingInput)
        {
            WriteError(record);
        }
        else
        {
            ThrowTerminatingError(record);
        }
    }

    private static async Task WorkAsync(Func<PipelineQueue, CancellationToken, Task> work, PipelineQueue pipeline, CancellationToken cancellationToken)
    {
        try
        {
            await work(pipeline, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            pipeline.Complete();
        }
    }

    private void Deliver(PipelineQueue pipeline, Task working, CancellationTokenSource run)
    {
        try
        {
            pipeline.DeliverTo(this);
        }
        catch
        {
            // The pipeline has ended: by 'Select-Object -First', '-ErrorAction Stop', Ctrl+C. That exception counts, whatever the work says of being cancelled;
            // but nobody may go on while it still changes something.
            run.Cancel();
            Task.WhenAny(working).GetAwaiter().GetResult();
            throw;
        }
    }

    private string FindHome()
    {
        var named = SkillMeatHome ?? Environment.GetEnvironmentVariable(HomeFolder.EnvironmentVariable);
        if (string.IsNullOrWhiteSpace(named))
        {
            return HomeFolder.Find(asked: null, Environment.GetEnvironmentVariable);
        }

        return HomeFolder.Find(ResolvePath(named, "a home is a folder"), Environment.GetEnvironmentVariable);
    }
}
