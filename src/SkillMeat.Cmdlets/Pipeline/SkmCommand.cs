using System.Management.Automation;
using System.Management.Automation.Host;
using System.Reflection;
using SkillMeat.Cache;
using SkillMeat.Cmdlets.Errors;
using SkillMeat.Collections;
using SkillMeat.Errors;

namespace SkillMeat.Cmdlets.Pipeline;

/// <summary>
/// The base of all cmdlets. Finds the home, and runs the engine's asynchronous work while this thread writes its output. Ctrl+C cancels the work and waits until
/// it has rolled back.
/// </summary>
public abstract class SkmCommand : PSCmdlet, IDisposable
{
    private static readonly string[] _identities = ["ArtifactId", "SnapshotId", "Spec", "Project", "Profile"];

    private readonly CancellationTokenSource _stop = new();
    private string? _homePath;
    private bool _mustNotWrite;
    private CollectionStore? _store;

    /// <summary>The home, or null for that of the environment or the user.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SkillMeatHome { get; set; }

    /// <summary>The clock.</summary>
#pragma warning disable RS0030 // Cmdlets take the system's clock here and nowhere else.
    protected static TimeProvider Time => TimeProvider.System;
#pragma warning restore RS0030

    /// <summary>The home's full path.</summary>
    protected string HomePath => _homePath ?? throw new InvalidOperationException("The home is known once the work runs.");

    /// <summary>Whether the cmdlet must not write to the home: true for every cmdlet without <c>-WhatIf</c>.</summary>
    protected virtual bool OnlyReads => GetType().GetCustomAttribute<CmdletAttribute>() is { SupportsShouldProcess: false };

    /// <summary>Whether <c>-Force</c> takes the place of a confirmation, if there is that parameter.</summary>
    protected virtual bool ForceConfirms => true;

    /// <summary>Whether a home must exist. Without one, a cmdlet that only reads sees an empty one.</summary>
    protected virtual bool NeedsHome => true;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(isDisposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases the resources of the cmdlet.</summary>
    /// <param name="isDisposing">True when called by <see cref="Dispose()"/>.</param>
    protected virtual void Dispose(bool isDisposing)
    {
        if (isDisposing)
        {
            _stop.Dispose();
        }
    }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        // An empty list, such as a property of nothing, must not mean everything. What the pipeline binds is not known yet.
        foreach (var parameter in _identities.Where(p => MyInvocation.BoundParameters.TryGetValue(p, out var value) && IsEmpty(value)))
        {
            Fail(new SkillMeatException(ErrorIds.InvalidArgument, $"-{parameter} is empty. Name at least one item, or leave the parameter out."));
        }
    }

    private static bool IsEmpty(object? value) => value is null or string { Length: 0 } or string[] { Length: 0 } || (value is string[] texts && texts.Any(string.IsNullOrEmpty));

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>Runs work on a home, and writes its output on this thread.</summary>
    /// <param name="work">The work. Called with the home, the queue for output, and a cancellation token.</param>
    protected void Run(Func<CollectionStore, PipelineQueue, CancellationToken, Task> work) =>
        RunWithoutHome((pipeline, cancellationToken) => work(_store ??= OpenHome(pipeline), pipeline, cancellationToken));

    /// <summary>Runs work on one of several items. Its error concerns the item only, so it is not terminating; a home that cannot be opened is a terminating error.</summary>
    /// <param name="item">The item, as the target of the error.</param>
    /// <param name="work">The work. Called with the home, the queue for output, and a cancellation token.</param>
    protected void RunItem(object? item, Func<CollectionStore, PipelineQueue, CancellationToken, Task> work) =>
        Run((store, pipeline, cancellationToken) => pipeline.TryAsync(item, () => work(store, pipeline, cancellationToken)));

    /// <summary>Reads the object that the pipeline passes to this call. Without pipeline, returns null.</summary>
    /// <param name="input">The value of <c>-InputObject</c>.</param>
    /// <param name="isExpected">Whether the parameters alone do not name an item.</param>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: the pipeline passes a null.</exception>
    private PipedObject? Piped(PSObject? input, bool isExpected) => input is not null ? new PipedObject(input)
        : isExpected && MyInvocation.ExpectingInput ? throw new SkillMeatException(ErrorIds.InvalidArgument, "An object from the pipeline is null.")
        : null;

    /// <summary>Runs a step for the current object of the pipeline. An error of it is reported with the object, and does not keep the others from being processed.</summary>
    /// <param name="input">The value of <c>-InputObject</c>.</param>
    /// <param name="step">The step. Called with the object, or with null if the parameters alone name the items.</param>
    private protected void ForEachInput(PSObject? input, Action<PipedObject?> step) => ForEachInput(input, isExpected: true, step);

    /// <summary>Runs a step for the current object of the pipeline, if the parameters do not take its place.</summary>
    /// <param name="input">The value of <c>-InputObject</c>.</param>
    /// <param name="isExpected">Whether the parameters alone do not name an item.</param>
    /// <param name="step">The step.</param>
    private protected void ForEachInput(PSObject? input, bool isExpected, Action<PipedObject?> step)
    {
        try
        {
            step(Piped(input, isExpected));
        }
        catch (SkillMeatException e) when (MyInvocation.ExpectingInput)
        {
            WriteError(ErrorRecords.Of(e, input));
        }
        catch (SkillMeatException e)
        {
            Fail(e);
        }
    }

    /// <summary>Runs work for which the home need not exist.</summary>
    /// <param name="work">The work. Called with the queue for output and a cancellation token.</param>
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
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fail(new SkillMeatException(ErrorIds.StorageFailed, e.Message, e));
        }
    }

    /// <summary>Asks for confirmation of a change, according to <c>-WhatIf</c> and <c>-Confirm</c>.</summary>
    /// <param name="pipeline">The queue to the thread that can prompt.</param>
    /// <param name="target">The object of the change.</param>
    /// <param name="action">The change.</param>
    /// <returns>Whether to make the change.</returns>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: PowerShell cannot prompt.</exception>
    protected Task<bool> MayAsync(PipelineQueue pipeline, string target, string action) => pipeline.AskAsync(() => May(target, action));

    /// <summary>Asks for confirmation of a change, on the pipeline thread.</summary>
    /// <param name="target">The object of the change.</param>
    /// <param name="action">The change.</param>
    /// <returns>Whether to make the change.</returns>
    protected bool May(string target, string action)
    {
        try
        {
            return ShouldProcess(VisibleText.Line(target), VisibleText.Line(action));
        }
        catch (Exception e) when (e is PSInvalidOperationException or HostException)
        {
            var force = ForceConfirms && MyInvocation.MyCommand.Parameters.ContainsKey("Force") ? "-Force or " : "";
            throw new SkillMeatException(ErrorIds.InvalidArgument, $"{action}: this needs confirmation, and PowerShell cannot prompt here. Pass {force}-Confirm:$false to confirm.", e);
        }
    }

    /// <summary>Whether <c>-WhatIf</c> applies to this call. Requires the pipeline thread.</summary>
    protected bool IsWhatIf() => IsSet("WhatIf") ?? LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));

    /// <summary>The value of a switch, or null if it was not given.</summary>
    protected bool? IsSet(string parameter) => MyInvocation.BoundParameters.TryGetValue(parameter, out var value) ? LanguagePrimitives.IsTrue(value) : null;

    /// <summary>Shows progress until disposed.</summary>
    /// <param name="pipeline">The queue to the thread that can show it.</param>
    /// <param name="what">The description of the work.</param>
    /// <param name="asked">The counted things.</param>
    private protected static ProgressLine ShowProgress(PipelineQueue pipeline, string what, string asked = "repositories") => new(pipeline, what, Time, asked);

    /// <summary>Opens the cache of a home.</summary>
    /// <param name="store">The home.</param>
    /// <param name="pipeline">The queue for warnings.</param>
    private protected static HomeCache OpenCache(CollectionStore store, PipelineQueue pipeline) => HomeCache.Open(store, new HomeCacheOptions { Report = pipeline.Warn });

    /// <summary>Opens the home, and reports its notices.</summary>
    protected CollectionStore OpenHome(PipelineQueue pipeline)
    {
        var store = !NeedsHome ? CollectionStore.OpenOrEmpty(HomePath, Time) : _mustNotWrite ? CollectionStore.OpenToRead(HomePath, Time) : CollectionStore.Open(HomePath, Time);
        pipeline.Verbose($"The home is {store.Home}.");
        foreach (var notice in store.Notices)
        {
            pipeline.Warn(notice);
        }

        return store;
    }

    /// <summary>Returns the full path of a file or folder, which need not exist. Requires the pipeline thread. A relative path is relative to PowerShell's location, not to that of the process.</summary>
    /// <param name="path">A path in PowerShell.</param>
    /// <param name="what">The clause of the error that states the expected kind of path.</param>
    /// <exception cref="SkillMeatException"><see cref="ErrorIds.InvalidArgument"/>: the path belongs to another provider.</exception>
    protected string ResolvePath(string path, string what)
    {
        var resolved = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        return provider.Name == "FileSystem"
            ? resolved
            : throw new SkillMeatException(ErrorIds.InvalidArgument, $"'{path}' belongs to PowerShell's {provider.Name} provider; {what}.");
    }

    private void Fail(SkillMeatException error) => ThrowTerminatingError(ErrorRecords.Of(error, target: null));

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
            // The pipeline was ended by 'Select-Object -First', '-ErrorAction Stop' or Ctrl+C. That exception takes precedence over the work's cancellation;
            // but the cmdlet must not return while the work still changes something.
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
