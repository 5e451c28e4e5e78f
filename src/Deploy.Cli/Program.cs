using Deploy.Cli;
using Deploy.Cli.Terminal;

using var interrupt = Interrupt.ListenToSignals();
return await new DeployProgram(Streams.OfThisProcess(), interrupt).RunAsync(args);
