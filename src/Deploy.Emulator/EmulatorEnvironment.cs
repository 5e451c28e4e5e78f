namespace Deploy.Emulator;

/// <summary>Environment variables that point Azure and Pulumi clients at a local Azure: <c>deploy emulator env</c>.</summary>
public static class EmulatorEnvironment
{
    /// <summary>
    /// The variables in a stable order. Writes <c>trust-bundle.pem</c> (the certificates already trusted, plus ours) into the store first, because clients replace their
    /// trusted set by these variables instead of adding to it.
    /// </summary>
    /// <param name="connection">A running local Azure.</param>
    /// <param name="environment">The variables already set, read for bundles that are in use (<c>SSL_CERT_FILE</c>, <c>NODE_EXTRA_CA_CERTS</c>, <c>REQUESTS_CA_BUNDLE</c>).</param>
    /// <param name="cancellationToken">Cancels the writing of the bundle.</param>
    public static Task<IReadOnlyList<KeyValuePair<string, string>>> VariablesAsync(
        LocalAzureConnection connection, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken) => throw new NotSupportedException();
}
