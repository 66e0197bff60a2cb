import { openDataDirectory } from "../data-directory/data-directory.ts";
import type { LoginRole } from "../data-directory/keys.ts";
import { migrate } from "../migrate/migrate.ts";
import { bootstrap } from "./bootstrap.ts";
import { startCluster } from "./cluster.ts";

export interface DatabaseOptions {
  /** Holds supabase/migrations, and supabase/seed.sql if there is one. */
  projectDir: string;
  dataDir: string;
  onProgress?: (line: string) => void;
  /** Server settings instead of the stack's, by name: a measurement wants those of a real project. */
  settings?: Record<string, string>;
}

/** A migrated database without the services around it. */
export interface RunningDatabase {
  /** As postgres, the role that migrations run as. */
  dbUrl: string;
  /** The connection string of any login role, supabase_admin (superuser) included. */
  connection(role: LoginRole): string;
  stop(): Promise<void>;
}

/** Starts Postgres on the data directory and applies the project's migrations. Throws StackErrors. */
export async function startDatabase({
  projectDir,
  dataDir,
  onProgress = () => {},
  settings,
}: DatabaseOptions): Promise<RunningDatabase> {
  const directory = await openDataDirectory(dataDir);
  try {
    const cluster = await startCluster(directory, onProgress, settings);
    try {
      const superuserUrl = cluster.connection("supabase_admin");
      const dbUrl = cluster.connection("postgres");
      await bootstrap(superuserUrl, directory.keys);
      await migrate({ projectDir, superuserUrl, postgresUrl: dbUrl });
      return {
        dbUrl,
        connection: cluster.connection,
        async stop() {
          await cluster.stop();
          await directory.release();
        },
      };
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  } catch (error) {
    await directory.release();
    throw error;
  }
}
