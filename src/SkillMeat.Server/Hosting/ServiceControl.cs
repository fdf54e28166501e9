namespace SkillMeat.Server.Hosting;

/// <summary>Lets requests end the service, and sign browsers in. Thread-safe.</summary>
internal sealed class ServiceControl : IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Makes a page that signs the browser of this machine in once, and returns its path. Set when the address is known.</summary>
    public Func<string>? SignIn { get; set; }

    /// <summary>Cancelled when a request asks the service to end.</summary>
    public CancellationToken StopRequested => _stop.Token;

    /// <summary>Asks for the end. The program that runs the service ends it.</summary>
    // The request must be answered before the service ends.
    public void RequestStop() => _ = _stop.CancelAsync();

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();
}
